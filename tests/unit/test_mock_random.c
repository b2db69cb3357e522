/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Random register layouts and accesses against a model that keeps one byte per bit and applies
 * the tables of SystemRDL 2.0, clause 9.6, bit by bit: what the mock does with masks over words
 * must come to the same.
 */
#include "tests/unit/mock_fixture.h"

#define BASE       0x40u
#define WORDS      8u
#define BITS       (32 * WORDS)
#define MAX_FIELDS 24u
#define SEED       20260u

/* xorshift64* */
static uint64_t state_of_random = SEED;

static uint32_t random_below(uint32_t n)
{
	state_of_random ^= state_of_random >> 12;
	state_of_random ^= state_of_random << 25;
	state_of_random ^= state_of_random >> 27;
	return (uint32_t)((state_of_random * UINT64_C(0x2545f4914f6cdd1d)) >> 33) % n;
}

/* One bit of the model: the field it belongs to (-1: none) and its value. */
struct bit {
	int field;
	uint8_t value;
};

struct model {
	struct regdb_field_spec fields[MAX_FIELDS];
	bool spent[MAX_FIELDS][WORDS];
	int n_fields;
	struct bit bits[BITS];
};

static bool reads(const struct regdb_field_spec *field)
{
	return field->sw == REGDB_ACCESS_R || field->sw == REGDB_ACCESS_RW ||
	       field->sw == REGDB_ACCESS_RW1;
}

static bool writes(const struct regdb_field_spec *field)
{
	return field->sw != REGDB_ACCESS_NA && field->sw != REGDB_ACCESS_R;
}

static uint8_t bit_after_write(uint8_t onwrite, uint8_t old, uint8_t written)
{
	switch (onwrite) {
	case REGDB_ONWRITE_WOSET:
		return written ? 1 : old;
	case REGDB_ONWRITE_WOCLR:
		return written ? 0 : old;
	case REGDB_ONWRITE_WOT:
		return written ? !old : old;
	case REGDB_ONWRITE_WZS:
		return written ? old : 1;
	case REGDB_ONWRITE_WZC:
		return written ? old : 0;
	case REGDB_ONWRITE_WZT:
		return written ? old : !old;
	case REGDB_ONWRITE_WCLR:
		return 0;
	case REGDB_ONWRITE_WSET:
		return 1;
	default:
		return written;
	}
}

static void model_write(struct model *model, unsigned word, uint32_t value)
{
	bool touched[MAX_FIELDS] = { false };

	for (unsigned i = 0; i < 32; i++) {
		struct bit *bit = &model->bits[32 * word + i];
		const struct regdb_field_spec *field;

		if (bit->field < 0)
			continue;
		field = &model->fields[bit->field];
		if (!writes(field) || model->spent[bit->field][word])
			continue;
		bit->value = bit_after_write(field->onwrite, bit->value, value >> i & 1);
		if (field->flags & REGDB_FIELD_SINGLEPULSE)
			bit->value = 0;
		touched[bit->field] = true;
	}
	for (int f = 0; f < model->n_fields; f++)
		if (touched[f] && (model->fields[f].sw == REGDB_ACCESS_W1 ||
				   model->fields[f].sw == REGDB_ACCESS_RW1))
			model->spent[f][word] = true;
}

static uint32_t model_read(struct model *model, unsigned word)
{
	uint32_t value = 0;

	for (unsigned i = 0; i < 32; i++) {
		struct bit *bit = &model->bits[32 * word + i];
		const struct regdb_field_spec *field;

		if (bit->field < 0 || !reads(&model->fields[bit->field]))
			continue;
		field = &model->fields[bit->field];
		value |= (uint32_t)bit->value << i;
		if (field->onread == REGDB_ONREAD_RCLR)
			bit->value = 0;
		else if (field->onread == REGDB_ONREAD_RSET)
			bit->value = 1;
	}
	return value;
}

static struct regdb_field_spec random_field(uint32_t lsb, uint32_t width)
{
	struct regdb_field_spec field = { .lsb = lsb, .width = width };

	field.sw = (uint8_t)random_below(REGDB_ACCESS_RW1 + 1);
	if (reads(&field))
		field.onread = (uint8_t)random_below(REGDB_ONREAD_RUSER + 1);
	if (writes(&field))
		field.onwrite = (uint8_t)random_below(REGDB_ONWRITE_WUSER + 1);
	if (writes(&field) && random_below(6) == 0)
		field.flags |= REGDB_FIELD_SINGLEPULSE;
	if (random_below(2) == 0) {
		field.flags |= REGDB_FIELD_RESET;
		field.reset = random_below(UINT32_MAX);
		field.reset = (field.reset << 32 | random_below(UINT32_MAX)) &
			      (width < 64 ? (UINT64_C(1) << width) - 1 : UINT64_MAX);
	}
	return field;
}

/* Fills the bits of one register with fields and gaps; rows and model alike. */
static void random_register(struct model *model, struct toy_row *rows, const char *name,
			    unsigned first_bit, uint32_t width)
{
	uint32_t at = random_below(4);

	while (at < width && model->n_fields < (int)MAX_FIELDS) {
		uint32_t left = width - at;
		uint32_t n = 1 + random_below(left < 40 ? left : 40);
		struct regdb_field_spec field = random_field(at, n);

		field.name = (const char *[]){ "F0", "F1", "F2", "F3" }[model->n_fields % 4];
		model->fields[model->n_fields] = field;
		rows[model->n_fields] =
			(struct toy_row){ name, BASE + first_bit / 8, width, field };
		for (uint32_t i = 0; i < n; i++) {
			struct bit *bit = &model->bits[first_bit + at + i];

			bit->field = model->n_fields;
			if (field.flags & REGDB_FIELD_RESET)
				bit->value = (uint8_t)(field.reset >> i & 1);
		}
		model->n_fields++;
		at += n + random_below(6);
	}
}

static struct toy random_device(struct model *model)
{
	static const uint32_t widths[] = { 8, 16, 32, 64, 128 };
	static const char *const names[] = { "R0", "R1", "R2", "R3", "R4", "R5" };
	static struct toy_row rows[MAX_FIELDS];
	unsigned bit = 0;

	memset(model, 0, sizeof(*model));
	for (unsigned i = 0; i < BITS; i++)
		model->bits[i].field = -1;
	for (unsigned r = 0; r < COUNT(names); r++) {
		uint32_t width = widths[random_below(COUNT(widths))];

		bit = (bit + width - 1) / width * width;
		if (bit + width > BITS)
			break;
		random_register(model, rows, names[r], bit, width);
		bit += width;
	}
	return toy_new(rows, (size_t)model->n_fields);
}

static void access_once(struct toy *toy, struct model *model)
{
	unsigned word = random_below(WORDS);
	uint64_t addr = BASE + 4 * word;

	if (random_below(2) == 0) {
		uint32_t value = random_below(UINT32_MAX) << 1 | random_below(2);

		toy_write(toy, addr, value);
		model_write(model, word, value);
	} else {
		uint32_t want = model_read(model, word), got = toy_read(toy, addr);

		if (got != want)
			fail_msg("seed %u: word %u reads 0x%08x, the tables say 0x%08x", SEED,
				 word, got, want);
	}
}

static void test_masks_over_words_equal_the_tables_bit_by_bit(void **state)
{
	(void)state;
	for (unsigned device = 0; device < 400; device++) {
		struct model model;
		struct toy toy = random_device(&model);

		for (unsigned i = 0; i < 200; i++)
			access_once(&toy, &model);
		toy_free(&toy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_masks_over_words_equal_the_tables_bit_by_bit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
