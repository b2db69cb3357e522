/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/si.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "drv/bus_priv.h"
#include "drv/clock.h"

/* Registers that the interface itself needs: regmaps/vsc7448/devcpu_org.rdl, devcpu_gcb.rdl. */
#define SWITCH_CORE   UINT64_C(0x71000000)
#define IF_CTRL       UINT64_C(0x71000000)
#define IF_CFGSTAT    UINT64_C(0x71000004)
#define SOFT_RST      UINT64_C(0x71010008)
#define VA_CTRL       UINT64_C(0x71010024)
#define VA_ADDR       UINT64_C(0x71010028)
#define VA_DATA       UINT64_C(0x7101002c)
#define VA_DATA_INERT UINT64_C(0x71010034)

/*
 * Big endian, most significant bit first, in the form that reads the same in every byte and bit
 * order (text of IF_CTRL).
 */
#define IF_CTRL_VALUE      UINT32_C(0x81818181)
#define IF_CTRL_MASK       UINT32_C(0xf)
#define IF_CTRL_WANT       UINT32_C(0x1)
#define IF_CFGSTAT_MASK    UINT32_C(0xff00000f)
#define IF_CFGSTAT_IF_SI   UINT32_C(0x02000000)
#define IF_CFGSTAT_IF_STAT UINT32_C(0x00010000)
#define SOFT_RST_CORE_CHIP UINT32_C(0x3) /* SOFT_SWC_RST, SOFT_CHIP_RST */
#define VA_CTRL_BUSY       UINT32_C(0x1)
#define TOO_FAST           UINT32_C(0x88888888)

#define BURST         4096u /* operations between two looks at cancel_requested() */
#define BUSY_EVERY_US 10u

struct si_bus {
	struct bus bus;
	struct si_pipe *pipe;
	uint32_t clock_hz;
	unsigned padding;
	bool plain;
	bool resetting; /* the switch core was told to reset: its interface forgets its set-up */
	struct si_frame frames[SI_MAX_FRAMES];
	uint8_t out[SI_MAX_FRAMES][SI_MAX_BYTES];
	uint8_t in[SI_MAX_FRAMES][SI_MAX_BYTES];
};

/* One frame's worth of work inside this file. */
struct access {
	uint64_t addr;
	uint32_t value;
	bool write;
};

unsigned si_padding_for(uint32_t clock_hz)
{
	uint32_t padding = clock_hz / SI_HZ_PER_BYTE + (clock_hz % SI_HZ_PER_BYTE != 0);

	if (padding == 0)
		return 1;
	return padding > SI_MAX_PADDING ? SI_MAX_PADDING : padding;
}

static void put_header(uint64_t addr, bool write, uint8_t *out)
{
	uint32_t header = (uint32_t)(addr & 0x00ffffff) >> 2 | (write ? 0x800000 : 0);

	out[0] = (uint8_t)(header >> 16);
	out[1] = (uint8_t)(header >> 8);
	out[2] = (uint8_t)header;
}

size_t si_frame_write(uint64_t addr, uint32_t value, uint8_t *out)
{
	put_header(addr, true, out);
	for (unsigned i = 0; i < 4; i++)
		out[3 + i] = (uint8_t)(value >> (24 - 8 * i));
	return 7;
}

size_t si_frame_read(uint64_t addr, unsigned padding, uint8_t *out)
{
	put_header(addr, false, out);
	memset(out + 3, 0, padding + 4);
	return 7 + padding;
}

uint32_t si_frame_value(const uint8_t *in, unsigned padding)
{
	const uint8_t *at = in + 3 + padding;

	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* --- accesses of the switch core --------------------------------------------------------- */

static void put_frame(struct si_bus *si, size_t i, const struct access *access)
{
	struct si_frame *frame = &si->frames[i];

	frame->out = si->out[i];
	frame->in = access->write ? NULL : si->in[i];
	frame->n = access->write ? si_frame_write(access->addr, access->value, si->out[i])
				 : si_frame_read(access->addr, si->padding, si->out[i]);
}

/* Runs @n accesses in one exchange; values of reads as they come. */
static int exchange(struct si_bus *si, struct access *accesses, size_t n, size_t *done,
		    struct error *err)
{
	int rc;

	for (size_t i = 0; i < n; i++)
		put_frame(si, i, &accesses[i]);
	*done = 0;
	rc = si->pipe->ops->exchange(si->pipe, si->frames, n, done, err);
	if (rc == 0)
		*done = n;
	for (size_t i = 0; i < *done; i++)
		if (!accesses[i].write)
			accesses[i].value = si_frame_value(si->in[i], si->padding);
	return rc;
}

static int too_fast(const struct si_bus *si, struct error *err)
{
	return error_set(
		err, E_IO,
		"the read came before its data was ready (0x88888888, IF_CFGSTAT.IF_STAT "
		"set): use more than %u byte%s of padding or a clock slower than %" PRIu32
		" Hz",
		si->padding, si->padding == 1 ? "" : "s", si->clock_hz);
}

/* A read gave 0x88888888: a value, or too early?  Clears IF_STAT for the next time. */
static int check_ready(struct si_bus *si, struct error *err)
{
	struct access status = { .addr = IF_CFGSTAT };
	struct access clear = { .write = true, .addr = IF_CFGSTAT, .value = si->padding };
	size_t done;
	int rc = exchange(si, &status, 1, &done, err);

	if (rc != 0 || (status.value != TOO_FAST && (status.value & IF_CFGSTAT_IF_STAT) == 0))
		return rc;
	rc = exchange(si, &clear, 1, &done, err);
	return rc != 0 ? rc : too_fast(si, err);
}

static int check_value(struct si_bus *si, uint32_t value, struct error *err)
{
	return value != TOO_FAST || si->plain ? 0 : check_ready(si, err);
}

/* --- set-up ------------------------------------------------------------------------------ */

static int no_answer(const struct access *ctrl, const struct access *cfgstat, unsigned padding,
		     struct error *err)
{
	const char *why = "check wiring, chip select, clock and that the chip is a VSC7448";

	if (ctrl->value == cfgstat->value && (ctrl->value == UINT32_MAX || ctrl->value == 0))
		why = "nothing answers: check power, wiring and chip select";
	return error_set(err, E_NODEV,
			 "SI: after set-up IF_CTRL reads 0x%08" PRIx32
			 " (want 1 in bits 3:0) and IF_CFGSTAT 0x%08" PRIx32
			 " (want IF_NUM 2, IF_CFG %u): %s",
			 ctrl->value, cfgstat->value, padding, why);
}

static bool is_set_up(const struct si_bus *si, const struct access *ctrl,
		      const struct access *cfgstat)
{
	return (ctrl->value & IF_CTRL_MASK) == IF_CTRL_WANT &&
	       (cfgstat->value & IF_CFGSTAT_MASK) == (IF_CFGSTAT_IF_SI | si->padding);
}

/* Byte order and padding, written first and then read back. */
static int set_up(struct si_bus *si, struct error *err)
{
	struct access steps[] = {
		{ .write = true, .addr = IF_CTRL, .value = IF_CTRL_VALUE },
		{ .write = true, .addr = IF_CFGSTAT, .value = si->padding },
		{ .addr = IF_CTRL },
		{ .addr = IF_CFGSTAT },
	};
	size_t done;
	int rc = exchange(si, steps, 4, &done, err);

	if (rc != 0 || is_set_up(si, &steps[2], &steps[3]))
		return rc;
	if (steps[2].value == TOO_FAST || steps[3].value == TOO_FAST)
		return too_fast(si, err);
	return no_answer(&steps[2], &steps[3], si->padding, err);
}

/*
 * While a reset goes on: the set-up is written again before each access until the reset is over
 * (the vendor's driver does so before each poll of SOFT_SWC_RST), then it is read back.
 */
static int set_up_again(struct si_bus *si, struct error *err)
{
	struct access steps[] = {
		{ .write = true, .addr = IF_CTRL, .value = IF_CTRL_VALUE },
		{ .write = true, .addr = IF_CFGSTAT, .value = si->padding },
		{ .addr = SOFT_RST },
	};
	size_t done;
	int rc = exchange(si, steps, 3, &done, err);

	if (rc != 0 || steps[2].value == TOO_FAST || (steps[2].value & SOFT_RST_CORE_CHIP) != 0)
		return rc;
	rc = set_up(si, err);
	if (rc == 0)
		si->resetting = false;
	return rc;
}

/* --- accesses of the VCore domain -------------------------------------------------------- */

static int va_error(uint32_t ctrl, struct error *err)
{
	static const char *const why[] = {
		NULL,
		"1, the VCore bus was not ready",
		"2, the VCore bus reported an error: nothing at that address",
		"3, written during another access",
	};

	return error_set(err, E_IO, "through VCORE_ACCESS: VA_CTRL.VA_ERR is %s",
			 why[ctrl >> 2 & 3]);
}

/*
 * Reads VA_CTRL and VA_DATA_INERT until VA_BUSY is 0.  The inert register gives the result without
 * starting another access, which VA_DATA would.
 */
static int va_wait(struct si_bus *si, struct access *ctrl_and_data, struct error *err)
{
	uint64_t start_us = clock_now_us(si->bus.clock), us = 0;
	size_t done;

	while ((ctrl_and_data[0].value & VA_CTRL_BUSY) != 0) {
		int rc;

		if (us >= SI_BUSY_WAIT_US)
			return error_set(err, E_TIMEOUT,
					 "DEVCPU_GCB:VCORE_ACCESS:VA_CTRL.VA_BUSY was not 0x0 "
					 "within %u us, last 0x1",
					 SI_BUSY_WAIT_US);
		clock_wait_us(si->bus.clock, BUSY_EVERY_US);
		us = clock_now_us(si->bus.clock) - start_us;
		rc = exchange(si, ctrl_and_data, 2, &done, err);
		if (rc == 0)
			rc = check_value(si, ctrl_and_data[0].value, err);
		if (rc != 0)
			return rc;
	}
	if ((ctrl_and_data[0].value >> 2 & 3) != 0)
		return va_error(ctrl_and_data[0].value, err);
	return check_value(si, ctrl_and_data[1].value, err);
}

/* The value that VA_DATA itself gives is that of the access before and says nothing. */
static int va_access(struct si_bus *si, const struct bus_op *op, bool *started, uint32_t *value,
		     struct error *err)
{
	struct access steps[] = {
		{ .write = true, .addr = VA_ADDR, .value = (uint32_t)op->addr },
		{ .write = op->kind == BUS_OP_WRITE, .addr = VA_DATA, .value = op->value },
		{ .addr = VA_CTRL },
		{ .addr = VA_DATA_INERT },
	};
	size_t done;
	int rc = exchange(si, steps, 4, &done, err);

	*started = rc == 0 || done >= 1;
	if (rc == 0)
		rc = check_value(si, steps[2].value, err);
	if (rc == 0)
		rc = va_wait(si, steps + 2, err);
	if (rc == 0)
		*value = steps[3].value;
	return rc;
}

static int run_vcore(struct si_bus *si, struct bus_op *op)
{
	struct error err = { 0 };
	bool started = false;
	uint32_t value = 0;
	int rc = va_access(si, op, &started, &value, &err);

	if (rc != 0)
		return bus__fail(&si->bus, op,
				 started && op->kind == BUS_OP_WRITE ? BUS_OP_UNKNOWN
								     : BUS_OP_FAILED,
				 rc, "%s", err.text);
	if (op->kind == BUS_OP_READ)
		op->value = value;
	op->status = BUS_OP_DONE;
	return 0;
}

/* --- batches ----------------------------------------------------------------------------- */

static bool is_vcore(const struct si_bus *si, const struct bus_op *op)
{
	return !si->plain && op->addr < SWITCH_CORE;
}

static bool resets(const struct si_bus *si, const struct bus_op *op)
{
	return !si->plain && op->kind == BUS_OP_WRITE && op->addr == SOFT_RST &&
	       (op->value & SOFT_RST_CORE_CHIP) != 0;
}

/* How many operations go into one exchange: writes after reads wait for what the reads say. */
static size_t run_length(const struct si_bus *si, const struct bus_op *ops, size_t n)
{
	size_t i = 0;

	if (n > SI_MAX_FRAMES)
		n = SI_MAX_FRAMES;
	while (i < n && !is_vcore(si, &ops[i])) {
		if (i > 0 && ops[i].kind == BUS_OP_WRITE && ops[i - 1].kind == BUS_OP_READ)
			break;
		if (resets(si, &ops[i++]))
			break;
	}
	return i;
}

/* Marks what an exchange that broke off leaves: frames behind @done may have happened. */
static int broke_off(struct si_bus *si, struct bus_op *ops, size_t n, size_t done,
		     const struct error *err)
{
	for (size_t i = 0; i < done; i++)
		ops[i].status = BUS_OP_DONE;
	for (size_t i = done + 1; i < n; i++)
		ops[i].status = ops[i].kind == BUS_OP_WRITE ? BUS_OP_UNKNOWN : BUS_OP_NOT_RUN;
	return bus__fail(&si->bus, &ops[done],
			 ops[done].kind == BUS_OP_WRITE ? BUS_OP_UNKNOWN : BUS_OP_FAILED,
			 err->code, "%s", err->text);
}

/* The values of reads, each looked at; the first that came too early ends it. */
static int take_values(struct si_bus *si, struct bus_op *ops, size_t n,
		       const struct access *accesses)
{
	for (size_t i = 0; i < n; i++) {
		struct error err = { 0 };
		int rc = accesses[i].write ? 0 : check_value(si, accesses[i].value, &err);

		if (rc != 0)
			return bus__fail(&si->bus, &ops[i], BUS_OP_FAILED, rc, "%s", err.text);
		if (!accesses[i].write)
			ops[i].value = accesses[i].value;
		ops[i].status = BUS_OP_DONE;
	}
	return 0;
}

static int run_core(struct si_bus *si, struct bus_op *ops, size_t n)
{
	struct access *accesses = malloc(n * sizeof(*accesses));
	struct error err = { 0 };
	size_t done;
	int rc;

	if (accesses == NULL)
		return bus__fail(&si->bus, ops, BUS_OP_FAILED, E_NOMEM, "out of memory");
	for (size_t i = 0; i < n; i++)
		accesses[i] = (struct access){ ops[i].addr, ops[i].value,
					       ops[i].kind == BUS_OP_WRITE };
	rc = exchange(si, accesses, n, &done, &err);
	if (resets(si, &ops[n - 1]))
		si->resetting = true;
	if (rc != 0)
		rc = broke_off(si, ops, n, done < n ? done : n - 1, &err);
	else
		rc = take_values(si, ops, n, accesses);
	free(accesses);
	return rc;
}

static int si_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct si_bus *si = (struct si_bus *)bus;

	for (size_t i = 0; i < n;) {
		size_t len = run_length(si, ops + i, n - i);
		struct error err = { 0 };
		int rc = si->resetting ? set_up_again(si, &err) : 0;

		if (rc != 0)
			return bus__fail(bus, &ops[i], BUS_OP_FAILED, rc, "%s", err.text);
		rc = len == 0 ? run_vcore(si, &ops[i]) : run_core(si, ops + i, len);
		if (rc != 0)
			return rc;
		i += len == 0 ? 1 : len;
	}
	return 0;
}

static void si_close(struct bus *bus)
{
	struct si_bus *si = (struct si_bus *)bus;

	si->pipe->ops->close(si->pipe);
	free(si);
}

static const struct bus_backend si_backend = {
	.scheme = "si",
	.burst = BURST,
	.close = si_close,
	.xfer = si_xfer,
};

int si_bus_open(const struct si_config *config, const struct bus_env *env, struct error *err,
		struct bus **out)
{
	struct si_bus *si = calloc(1, sizeof(*si));
	int rc;

	if (si == NULL) {
		config->pipe->ops->close(config->pipe);
		return error_set(err, E_NOMEM, "SI: out of memory");
	}
	rc = bus__init(&si->bus, &si_backend, env, err);
	si->pipe = config->pipe;
	si->clock_hz = config->clock_hz;
	si->padding = config->padding;
	si->plain = config->plain;
	if (config->clock != NULL)
		si->bus.clock = config->clock;
	if (rc == 0 && config->padding > SI_MAX_PADDING)
		rc = error_set(err, E_RANGE, "SI: %u bytes of padding; at most %u",
			       config->padding, SI_MAX_PADDING);
	if (rc == 0 && !si->plain)
		rc = set_up(si, err);
	if (rc != 0)
		si_close(&si->bus);
	else
		*out = &si->bus;
	return rc;
}
