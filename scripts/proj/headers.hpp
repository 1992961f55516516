// What nearly every source of PROJ includes. Those of its C++ half define the first.
#define FROM_PROJ_CPP
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "proj/coordinateoperation.hpp"
#include "proj/io.hpp"
