/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/bits.h"

#include <string.h>

#include "regmaps/rdlc/arena.h"

#define WORDS(width) (((width) + 63) / 64)

static uint64_t mask_of(uint32_t width)
{
	return width % 64 ? (UINT64_C(1) << width % 64) - 1 : UINT64_MAX;
}

/* Words that the caller fills; wrap() makes a value of them. */
static uint64_t *words_new(struct rdl_arena *arena, uint32_t width)
{
	return rdl_alloc(arena, (WORDS(width) + 1) * sizeof(uint64_t));
}

static struct rdl_value wrap(uint64_t *word, uint32_t width)
{
	struct rdl_value value = rdl_value_int(0, width);

	word[WORDS(width) - 1] &= mask_of(width);
	if (width <= 64)
		value.u.num = word[0];
	else
		value.u.big = word;
	return value;
}

static void load(const struct rdl_value *value, uint64_t *word, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		word[i] = rdl_value_word(value, i);
}

/* word = word * factor + add; returns what did not fit. */
static uint64_t multiply_add(uint64_t *word, uint32_t n, uint64_t factor, uint64_t add)
{
	for (uint32_t i = 0; i < n; i++) {
		unsigned __int128 t = (unsigned __int128)word[i] * factor + add;

		word[i] = (uint64_t)t;
		add = (uint64_t)(t >> 64);
	}
	return add;
}

static unsigned digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	return (unsigned)((c | 0x20) - 'a') + 10;
}

static bool parse_wide(struct rdl_arena *arena, const char *digits, size_t n, unsigned base,
		       struct rdl_value *value)
{
	uint32_t width = n < RDL_MAX_BITS / 4 ? (uint32_t)n * 4 + 64 : RDL_MAX_BITS;
	uint64_t *word = words_new(arena, width);

	for (size_t i = 0; i < n; i++)
		if (digits[i] != '_' &&
		    multiply_add(word, WORDS(width), base, digit_value(digits[i])))
			return false;
	*value = wrap(word, width);
	width = rdl_value_bits(value);
	rdl_bits_resize(arena, value, width < 64 ? 64 : width);
	return true;
}

bool rdl_bits_parse(struct rdl_arena *arena, const char *digits, size_t n, unsigned base,
		    struct rdl_value *value)
{
	uint64_t num = 0;

	for (size_t i = 0; i < n; i++) {
		if (digits[i] == '_')
			continue;
		if (num > (UINT64_MAX - 15) / base)
			return parse_wide(arena, digits, n, base, value);
		num = num * base + digit_value(digits[i]);
	}
	*value = rdl_value_int(num, 64);
	return true;
}

void rdl_bits_resize(struct rdl_arena *arena, struct rdl_value *value, uint32_t width)
{
	struct rdl_type type = value->type;
	uint64_t *word;

	if (width <= 64) {
		uint64_t num = rdl_value_u64(value) & mask_of(width);

		*value = rdl_value_int(num, width);
	} else if (width != value->width) {
		word = words_new(arena, width);
		load(value, word, WORDS(width));
		*value = wrap(word, width);
	}
	value->type = type;
}

static uint64_t narrow(enum rdl_bits_op op, uint64_t a, uint64_t b)
{
	uint64_t power = 1;

	switch (op) {
	case RDL_BITS_ADD:
		return a + b;
	case RDL_BITS_SUB:
		return a - b;
	case RDL_BITS_MUL:
		return a * b;
	case RDL_BITS_DIV:
		return a / b;
	case RDL_BITS_MOD:
		return a % b;
	case RDL_BITS_AND:
		return a & b;
	case RDL_BITS_OR:
		return a | b;
	case RDL_BITS_XOR:
		return a ^ b;
	case RDL_BITS_XNOR:
		return ~(a ^ b);
	case RDL_BITS_POW:
		for (; b; b >>= 1, a *= a)
			power *= b & 1 ? a : 1;
		return power;
	case RDL_BITS_SHL:
		return b < 64 ? a << b : 0;
	case RDL_BITS_SHR:
		return b < 64 ? a >> b : 0;
	}
	return 0;
}

static void wide_mul(uint64_t *r, const uint64_t *a, const uint64_t *b, uint32_t n)
{
	memset(r, 0, n * sizeof(*r));
	for (uint32_t i = 0; i < n; i++) {
		uint64_t carry = 0;

		for (uint32_t j = 0; a[i] && j < n - i; j++) {
			unsigned __int128 t = (unsigned __int128)a[i] * b[j] + r[i + j] + carry;

			r[i + j] = (uint64_t)t;
			carry = (uint64_t)(t >> 64);
		}
	}
}

static int wide_compare(const uint64_t *a, const uint64_t *b, uint32_t n)
{
	while (n--)
		if (a[n] != b[n])
			return a[n] < b[n] ? -1 : 1;
	return 0;
}

static void wide_sub(uint64_t *r, const uint64_t *a, const uint64_t *b, uint32_t n)
{
	uint64_t borrow = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint64_t x = a[i], y = b[i];

		r[i] = x - y - borrow;
		borrow = x < y || (x == y && borrow);
	}
}

/* Long division, bit by bit: q = a / b, m = a % b. m has a word to spare. */
static void wide_div(uint64_t *q, uint64_t *m, const uint64_t *a, const uint64_t *b, uint32_t n)
{
	for (uint32_t bit = n * 64; bit--;) {
		for (uint32_t i = n; i--;)
			m[i] = m[i] << 1 | (i ? m[i - 1] >> 63 : a[bit / 64] >> bit % 64 & 1);
		if (wide_compare(m, b, n) >= 0) {
			wide_sub(m, m, b, n);
			q[bit / 64] |= UINT64_C(1) << bit % 64;
		}
	}
}

static void wide_shift(uint64_t *r, const uint64_t *a, uint64_t by, uint32_t n, bool left)
{
	uint32_t words = (uint32_t)(by / 64), bits = (uint32_t)(by % 64);

	for (uint32_t i = 0; i < n && by < (uint64_t)n * 64; i++) {
		if (left && i >= words)
			r[i] = a[i - words] << bits |
			       (bits && i > words ? a[i - words - 1] >> (64 - bits) : 0);
		else if (!left && i + words < n)
			r[i] = a[i + words] >> bits |
			       (bits && i + words + 1 < n ? a[i + words + 1] << (64 - bits)
							  : 0);
	}
}

static void wide_pow(struct rdl_arena *arena, uint64_t *r, uint64_t *a,
		     const struct rdl_value *exponent, uint32_t n)
{
	uint64_t *t = rdl_alloc(arena, n * sizeof(*t));
	uint32_t bits = rdl_value_bits(exponent);

	r[0] = 1;
	for (uint32_t i = 0; i < bits && i < n * 64; i++) {
		if (rdl_value_word(exponent, i / 64) >> i % 64 & 1) {
			wide_mul(t, r, a, n);
			memcpy(r, t, n * sizeof(*t));
		}
		wide_mul(t, a, a, n);
		memcpy(a, t, n * sizeof(*t));
	}
}

static void wide_bitwise(enum rdl_bits_op op, uint64_t *r, const uint64_t *a, const uint64_t *b,
			 uint32_t n)
{
	unsigned __int128 carry = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (op == RDL_BITS_ADD) {
			carry += (unsigned __int128)a[i] + b[i];
			r[i] = (uint64_t)carry;
			carry >>= 64;
		} else {
			r[i] = narrow(op, a[i], b[i]);
		}
	}
}

struct rdl_value rdl_bits_binary(struct rdl_arena *arena, enum rdl_bits_op op,
				 const struct rdl_value *a, const struct rdl_value *b,
				 uint32_t width)
{
	uint32_t wide = width;
	uint64_t *x, *y, *r, *m, shift;
	uint32_t n;

	if (a->width > wide)
		wide = a->width;
	if (b->width > wide && op < RDL_BITS_POW)
		wide = b->width;
	shift = rdl_value_fits_u64(b) ? rdl_value_u64(b) : UINT64_MAX;
	if (wide <= 64 && (b->width <= 64 || op >= RDL_BITS_SHL))
		return rdl_value_int(narrow(op, rdl_value_u64(a), shift) & mask_of(width),
				     width);
	n = WORDS(wide);
	x = words_new(arena, wide);
	y = words_new(arena, wide);
	r = words_new(arena, wide);
	load(a, x, n);
	load(b, y, n);
	if (op == RDL_BITS_MUL) {
		wide_mul(r, x, y, n);
	} else if (op == RDL_BITS_SUB) {
		wide_sub(r, x, y, n);
	} else if (op == RDL_BITS_DIV || op == RDL_BITS_MOD) {
		m = words_new(arena, wide);
		wide_div(r, m, x, y, n);
		r = op == RDL_BITS_MOD ? m : r;
	} else if (op == RDL_BITS_POW) {
		wide_pow(arena, r, x, b, n);
	} else if (op == RDL_BITS_SHL || op == RDL_BITS_SHR) {
		wide_shift(r, x, shift, n, op == RDL_BITS_SHL);
	} else {
		wide_bitwise(op, r, x, y, n);
	}
	return wrap(r, width);
}

struct rdl_value rdl_bits_invert(struct rdl_arena *arena, const struct rdl_value *a,
				 uint32_t width)
{
	struct rdl_value zero = rdl_value_int(0, 1);

	return rdl_bits_binary(arena, RDL_BITS_XNOR, a, &zero, width);
}

struct rdl_value rdl_bits_negate(struct rdl_arena *arena, const struct rdl_value *a,
				 uint32_t width)
{
	struct rdl_value zero = rdl_value_int(0, 1);

	return rdl_bits_binary(arena, RDL_BITS_SUB, &zero, a, width);
}

int rdl_bits_compare(const struct rdl_value *a, const struct rdl_value *b)
{
	for (uint32_t i = WORDS(a->width > b->width ? a->width : b->width); i--;) {
		uint64_t x = rdl_value_word(a, i), y = rdl_value_word(b, i);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

bool rdl_bits_parity(const struct rdl_value *a)
{
	uint64_t all = 0;

	for (uint32_t i = 0; i < WORDS(a->width); i++)
		all ^= rdl_value_word(a, i);
	return __builtin_parityll(all);
}
