# Included by PROJ's project(); its target is there only when its lists have been read.
function(precompile_headers)
  target_precompile_headers(proj PRIVATE
    "$<$<COMPILE_LANGUAGE:CXX>:${CMAKE_CURRENT_FUNCTION_LIST_DIR}/headers.hpp>")
endfunction()

if(NOT CMAKE_VERSION VERSION_LESS 3.19)
  cmake_language(DEFER CALL precompile_headers)
endif()
