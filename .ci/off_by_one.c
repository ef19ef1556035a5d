// The elementary functions of a C library that is off by one unit in the last place: loaded before a
// program (LD_PRELOAD), it shows whether what the program writes rests on those of the platform.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned long calls;

#define WRONG(type, name, next, parameters, arguments)                      \
    type name parameters {                                                  \
        static type(*right) parameters;                                     \
        if (!right)                                                         \
            right = dlsym(RTLD_NEXT, #name);                                \
        __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);                    \
        type result = right arguments;                                      \
        return isfinite(result) && result != 0 ? next(result, INFINITY) : result; \
    }
#define OF_ONE(name)                                       \
    WRONG(double, name, nextafter, (double x), (x))        \
    WRONG(float, name##f, nextafterf, (float x), (x))
#define OF_TWO(name)                                                 \
    WRONG(double, name, nextafter, (double x, double y), (x, y))     \
    WRONG(float, name##f, nextafterf, (float x, float y), (x, y))

OF_ONE(exp) OF_ONE(exp2) OF_ONE(expm1) OF_ONE(log) OF_ONE(log2) OF_ONE(log10) OF_ONE(log1p)
OF_ONE(sin) OF_ONE(cos) OF_ONE(tan) OF_ONE(asin) OF_ONE(acos) OF_ONE(atan)
OF_ONE(sinh) OF_ONE(cosh) OF_ONE(tanh) OF_ONE(asinh) OF_ONE(acosh) OF_ONE(atanh)
OF_ONE(cbrt) OF_ONE(lgamma) OF_ONE(tgamma) OF_ONE(erf) OF_ONE(erfc)
OF_TWO(pow) OF_TWO(atan2) OF_TWO(hypot)

void sincos(double x, double *s, double *c) {
    *s = sin(x);
    *c = cos(x);
}

void sincosf(float x, float *s, float *c) {
    *s = sinf(x);
    *c = cosf(x);
}

// Says which program called how often: one that never called would prove nothing.
__attribute__((destructor)) static void tell(void) {
    const char *path = getenv("OFF_BY_ONE");
    FILE *file = path ? fopen(path, "a") : NULL;
    if (file) {
        fprintf(file, "%s %lu\n", program_invocation_short_name, calls);
        fclose(file);
    }
}
