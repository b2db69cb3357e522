/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/frame.h"

#include <inttypes.h>
#include <string.h>

#include "drv/clock.h"
#include "hal/device.h"
#include "hal/vsc7448/vsc7448_priv.h"

#define GROUP    0
#define XTR(reg) VSC7448_DEVCPU_QS_XTR_##reg
#define INJ(reg) VSC7448_DEVCPU_QS_INJ_##reg

#define MODE_BY_REGISTERS 1
#define FIFO_RDY          0x4u /* of group 0 */
#define WMARK_REACHED     0x10u
#define READY_TIMEOUT_US  1000u

int vsc7448_frame_setup(struct vsc7448 *chip, struct error *err)
{
	struct regio *io = chip->io;

	regio_fields(io, XTR(XTR_GRP_CFG)(GROUP),
		     F(DEVCPU_QS_XTR_XTR_GRP_CFG, MODE, MODE_BY_REGISTERS),
		     F(DEVCPU_QS_XTR_XTR_GRP_CFG, STATUS_WORD_POS, 0),
		     F(DEVCPU_QS_XTR_XTR_GRP_CFG, BYTE_SWAP, 1));
	regio_fields(io, INJ(INJ_GRP_CFG)(GROUP),
		     F(DEVCPU_QS_INJ_INJ_GRP_CFG, MODE, MODE_BY_REGISTERS),
		     F(DEVCPU_QS_INJ_INJ_GRP_CFG, BYTE_SWAP, 1));
	regio_fields(
		io, VSC7448_ASM_CFG_PORT_CFG(VSC7448_PORT_CPU0),
		F(ASM_CFG_PORT_CFG, INJ_FORMAT_CFG, 1), F(ASM_CFG_PORT_CFG, NO_PREAMBLE_ENA, 1),
		F(ASM_CFG_PORT_CFG, VSTAX2_AWR_ENA, 0), F(ASM_CFG_PORT_CFG, FRM_AGING_DIS, 1));
	for (uint32_t queue = 0; queue < 8; queue++)
		regio_fields(io, VSC7448_QFWD_SYSTEM_FRAME_COPY_CFG(queue),
			     F(QFWD_SYSTEM_FRAME_COPY_CFG, FRMC_PORT_VAL, VSC7448_PORT_CPU0),
			     F(QFWD_SYSTEM_FRAME_COPY_CFG, FRMC_QOS_VAL, queue),
			     F(QFWD_SYSTEM_FRAME_COPY_CFG, FRMC_QOS_ENA, 1));
	return regio_end(io, err);
}

/* --- the header -------------------------------------------------------------------------- */

/* Parts of the IFH in bytes: HOWTO l.1. */
#define IFH_DST      4
#define IFH_VSTAX_HI 12
#define IFH_VSTAX_LO 14
#define IFH_FWD      22

/* Bits of VSTAX_LO and FWD: HOWTO l.1 and l.2. */
#define VSTAX_DROP_MODE  (UINT64_C(1) << 55)
#define FWD_UPDATE_FCS   (UINT64_C(1) << 42)
#define FWD_DST_INJECT   (UINT64_C(3) << 38)
#define FWD_DO_NOT_REW   (UINT64_C(1) << 26)
#define FWD_SOURCE(port) ((uint64_t)(port) << 27)
#define FWD_ACT(act)     ((uint64_t)(act) << 23)
#define FWD_POINT(point) ((uint64_t)(point) << 18)

enum { ACT_INJECT = 1, ACT_MASQUERADE = 2 };
enum { POINT_ANA_CLM = 4, POINT_ANA_DONE = 16 };

static void put_be(uint8_t *p, uint64_t value, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		p[i] = (uint8_t)(value >> 8 * (n - 1 - i));
}

static uint64_t get_be(const uint8_t *p, unsigned n)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < n; i++)
		value = value << 8 | p[i];
	return value;
}

static int check_out(const struct vsc7448_frame_out *out, struct error *err)
{
	bool direct = out->way == VSC7448_FRAME_DIRECT || out->way == VSC7448_FRAME_REWRITTEN;

	if (direct && (out->ports == 0 || (out->ports & ~VSC7448_FRONT_PORTS) != 0))
		return error_set(err, E_RANGE, "the frame has no ports to leave by");
	if (out->way == VSC7448_FRAME_FROM_PORT && out->port >= VSC7448_N_PORTS)
		return error_set(err, E_RANGE, "port %" PRIu32 ": only 0 to 52", out->port);
	if (out->vid > 4095 || out->pcp > 7 || out->dei > 1 || out->cls > 7)
		return error_set(err, E_RANGE, "VLAN, priority or class out of range");
	return 0;
}

static uint64_t tag_bits(const struct vsc7448_frame_out *out)
{
	return (uint64_t)out->pcp << 29 | (uint64_t)out->dei << 28 | (uint64_t)out->vid << 16;
}

int vsc7448_ifh_encode(const struct vsc7448_frame_out *out, struct error *err,
		       uint8_t ifh[VSC7448_IFH_BYTES])
{
	uint64_t vstax = VSTAX_DROP_MODE | (uint64_t)out->cls << 56, dst = 0;
	uint64_t fwd = FWD_UPDATE_FCS;
	int rc = check_out(out, err);

	if (rc != 0)
		return rc;
	switch (out->way) {
	case VSC7448_FRAME_DIRECT:
	case VSC7448_FRAME_REWRITTEN:
		dst = out->ports;
		fwd |= FWD_SOURCE(VSC7448_PORT_CPU0) | FWD_DST_INJECT | FWD_ACT(ACT_INJECT) |
		       FWD_POINT(POINT_ANA_DONE);
		if (out->way == VSC7448_FRAME_DIRECT)
			fwd |= FWD_DO_NOT_REW;
		else
			vstax |= tag_bits(out);
		break;
	case VSC7448_FRAME_SWITCHED:
		fwd |= FWD_SOURCE(VSC7448_PORT_CPU0) | FWD_ACT(ACT_MASQUERADE);
		break;
	case VSC7448_FRAME_FROM_PORT:
		fwd |= FWD_SOURCE(out->port) | FWD_ACT(ACT_MASQUERADE) |
		       FWD_POINT(POINT_ANA_CLM);
		vstax |= tag_bits(out) | out->port % 32 | out->port / 32 << 5;
		break;
	}
	memset(ifh, 0, VSC7448_IFH_BYTES);
	put_be(ifh + IFH_DST, dst, 8);
	put_be(ifh + IFH_VSTAX_HI, 0x8000, 2);
	put_be(ifh + IFH_VSTAX_LO, vstax, 8);
	put_be(ifh + IFH_FWD, fwd, 6);
	return 0;
}

int vsc7448_ifh_decode(const uint8_t ifh[VSC7448_IFH_BYTES], struct error *err,
		       struct vsc7448_frame_in *in)
{
	uint64_t vstax = get_be(ifh + IFH_VSTAX_LO, 8), fwd = get_be(ifh + IFH_FWD, 6);

	if ((ifh[IFH_VSTAX_HI] & 0x80) == 0)
		return error_set(err, E_CORRUPT,
				 "DEVCPU_QS:XTR:XTR_RD[0] gave no frame header");
	memset(in, 0, sizeof(*in));
	in->timestamp = (uint32_t)get_be(ifh, 4);
	in->port = fwd >> 27 & 0x3f;
	in->queues = (uint8_t)(fwd >> 10);
	in->cls = vstax >> 56 & 7;
	in->pcp = vstax >> 29 & 7;
	in->dei = vstax >> 28 & 1;
	in->vid = vstax >> 16 & 0xfff;
	in->s_tag = (vstax >> 14 & 1) != 0;
	return 0;
}

/* --- sending ----------------------------------------------------------------------------- */

/* As MESA writes it; the text of GAP_SIZE asks for 0 with frames that have an IFH. */
#define CTRL_GAP  (1u << 21)
#define CTRL_SOF  (1u << 18)
#define CTRL_EOF  (1u << 19)
#define VLD(n)    ((uint32_t)(n) % 4 << 16)
#define WR_ERR    1u
#define ABORT_ERR 2u

static uint32_t word_of(const uint8_t *data, size_t len, size_t at)
{
	uint32_t word = 0;

	for (size_t i = 0; i < 4 && at + i < len; i++)
		word |= (uint32_t)data[at + i] << 8 * i;
	return word;
}

static void queue_frame(struct regio *io, const uint8_t *ifh, const uint8_t *frame, size_t len)
{
	size_t padded = len < VSC7448_FRAME_MIN ? VSC7448_FRAME_MIN : len;

	regio_write(io, INJ(INJ_ERR)(GROUP), WR_ERR | ABORT_ERR);
	regio_write(io, INJ(INJ_CTRL)(GROUP), CTRL_GAP | CTRL_SOF);
	for (size_t at = 0; at < VSC7448_IFH_BYTES; at += 4)
		regio_write(io, INJ(INJ_WR)(GROUP), word_of(ifh, VSC7448_IFH_BYTES, at));
	for (size_t at = 0; at < padded; at += 4)
		regio_write(io, INJ(INJ_WR)(GROUP), word_of(frame, len, at));
	regio_write(io, INJ(INJ_CTRL)(GROUP), CTRL_GAP | CTRL_EOF | VLD(padded));
	regio_write(io, INJ(INJ_WR)(GROUP), 0); /* the FCS, which the chip makes */
}

int vsc7448_frame_send(struct vsc7448 *chip, const struct vsc7448_frame_out *out,
		       const uint8_t *frame, size_t len, struct error *err)
{
	uint8_t ifh[VSC7448_IFH_BYTES];
	struct regio *io = chip->io;
	uint32_t status = 0, errors = 0;
	int rc = vsc7448_ifh_encode(out, err, ifh);

	if (rc != 0)
		return rc;
	if (len < 14 || len > VSC7448_FRAME_MAX)
		return error_set(err, E_RANGE, "a frame of %zu bytes: only 14 to %u", len,
				 VSC7448_FRAME_MAX);
	regio_wait(io, &(struct regio_wait){ .addr = INJ(INJ_STATUS),
					     .mask = FIFO_RDY,
					     .want = FIFO_RDY,
					     .timeout_us = READY_TIMEOUT_US });
	if (regio_read(io, INJ(INJ_STATUS), &status) == 0 && (status & WMARK_REACHED) != 0)
		regio_fail(
			io, E_BUSY,
			"DEVCPU_QS:INJ:INJ_STATUS.WMARK_REACHED is set: the queues are full");
	queue_frame(io, ifh, frame, len);
	if (regio_read(io, INJ(INJ_ERR)(GROUP), &errors) == 0 && (errors & WR_ERR) != 0)
		regio_fail(io, E_IO,
			   "DEVCPU_QS:INJ:INJ_ERR[0].WR_ERR_STICKY is set: the frame is lost");
	return regio_end(io, err);
}
