/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Errors: one negative code that says what the caller can do, and one text that says what
 * happened.  The text is set once, where the facts are; callers may only put something in
 * front of it.  Nothing in the libraries prints; the program prints the text in one place.
 */
#ifndef DRV_ERROR_H
#define DRV_ERROR_H

#include <stddef.h>

enum error_code {
	E_OK = 0,
	E_IO = -1,        /* the device or the bus failed: check cable, power, kernel log */
	E_TIMEOUT = -2,   /* it did not happen in time: the text says what was waited for */
	E_NODEV = -3,     /* no such device, bus or file: check the name or the cable */
	E_PERM = -4,      /* it exists but may not be opened: the text names the remedy */
	E_BUSY = -5,      /* another process holds it: the text names the owner */
	E_RANGE = -6,     /* a number outside its range: the text gives the range */
	E_SYNTAX = -7,    /* text that does not read: a path, a value, a file, an option */
	E_STATE = -8,     /* not now: something has to happen first */
	E_NOTSUP = -9,    /* this device or bus cannot do it */
	E_MISMATCH = -10, /* a comparison, an expectation or a read-back came out false */
	E_CORRUPT = -11,  /* a database or trace that is damaged: make it again */
	E_NOTFOUND = -12, /* no such name, or nothing matches: the text lists the nearest */
	E_POLICY = -13,   /* refused by a rule: read-only, dangerous, side effect */
	E_NOMEM = -14,    /* out of memory */
	E_INTR = -15,     /* stopped by the user: the text says what had been done */
	E_INTERNAL = -16, /* a bug in switchblade: please report it */
};

/* Last code of the list, for tables that cover all of them. */
#define ERROR_LAST E_INTERNAL

/* Owned by the caller, plain data.  Start with `struct error err = {0};`. */
struct error {
	int code; /* enum error_code */
	char text[512];
};

/*
 * Sets @code and the text (cut to fit, never overflowing) and returns @code, so that a
 * function can end in `return error_set(err, E_TIMEOUT, ...)`.  @err may be NULL.
 */
int error_set(struct error *err, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#ifdef __clang_analyzer__
/* The analyzer sees one file at a time: tell it that the code comes back. */
#define error_set(err, code, ...) ((error_set)(err, code, __VA_ARGS__), (code))
#endif

/*
 * The same for a failed system call: "TEXT: No such file or directory", with the code that fits
 * @errnum (ENOENT E_NODEV, EACCES E_PERM, EBUSY E_BUSY, ENOMEM E_NOMEM, ...; else E_IO).
 */
int error_set_errno(struct error *err, int errnum, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#ifdef __clang_analyzer__
#define error_set_errno(err, ...) ((error_set_errno)(err, __VA_ARGS__), E_IO)
#endif

/* Puts "text: " in front of the text of @err and returns its code.  @err may be NULL. */
int error_prefix(struct error *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Copies @from to @to (either may be NULL) and returns the code of @from. */
int error_copy(struct error *to, const struct error *from);

/* No error. */
void error_clear(struct error *err);

/* The code's name as --json prints it: "timeout", "not-found", ...; "ok" for E_OK. */
const char *error_name(int code);

/* The exit status of the program for a code (DESIGN: 0 to 8). */
int error_exit_status(int code);

#endif
