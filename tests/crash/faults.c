/* Makes the n-th write, fsync or rename under one folder fail. Loaded with LD_PRELOAD.
   Nothing fails until fault_arm is called. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, RENAME = 4 };
static int armed_kind, armed_left, armed_error, armed_sticky, hits;
static char armed_folder[4096];

void fault_arm(int kind, int nth, int error, int sticky, const char *folder) {
    hits = 0;
    armed_left = nth;
    armed_error = error;
    armed_sticky = sticky;
    strncpy(armed_folder, folder, sizeof armed_folder - 1);
    armed_kind = kind;
}
int fault_hits(void) { return hits; }

static int inside(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return strncmp(path, armed_folder, strlen(armed_folder)) == 0;
}
static int fails(int kind) {
    if (!(armed_kind & kind)) return 0;
    if (armed_left > 1) { armed_left--; return 0; }
    if (armed_left < 1 && !armed_sticky) return 0;
    armed_left = 0;
    hits++;
    errno = armed_error;
    return 1;
}
#define REAL(f) static __typeof__(f) *real; if (!real) real = (__typeof__(f) *)dlsym(RTLD_NEXT, #f)

ssize_t write(int fd, const void *b, size_t n) {
    REAL(write);
    if ((armed_kind & WRITE) && inside(fd) && fails(WRITE)) return -1;
    return real(fd, b, n);
}
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) {
    REAL(pwrite);
    if ((armed_kind & WRITE) && inside(fd) && fails(WRITE)) return -1;
    return real(fd, b, n, o);
}
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) {
    REAL(pwrite64);
    if ((armed_kind & WRITE) && inside(fd) && fails(WRITE)) return -1;
    return real(fd, b, n, o);
}
int fsync(int fd) {
    REAL(fsync);
    if ((armed_kind & SYNC) && inside(fd) && fails(SYNC)) return -1;
    return real(fd);
}
int fdatasync(int fd) {
    REAL(fdatasync);
    if ((armed_kind & SYNC) && inside(fd) && fails(SYNC)) return -1;
    return real(fd);
}
int rename(const char *a, const char *b) {
    REAL(rename);
    if ((armed_kind & RENAME) && strncmp(a, armed_folder, strlen(armed_folder)) == 0 && fails(RENAME))
        return -1;
    return real(a, b);
}
