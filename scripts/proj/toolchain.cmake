# How the bundled PROJ is compiled, read by CMake where CMAKE_TOOLCHAIN_FILE names it
# (.cargo/config.toml): with the headers that all of its sources include parsed once, and for
# debug builds without debug information of its own. The code that comes out is the same.
set(CMAKE_C_FLAGS_DEBUG "-O0")
set(CMAKE_CXX_FLAGS_DEBUG "-O0")
set(CMAKE_PROJECT_PROJ_INCLUDE "${CMAKE_CURRENT_LIST_DIR}/precompile.cmake")
