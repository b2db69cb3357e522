/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/oset.h"

#include <inttypes.h>
#include <string.h>

#include "hal/vsc7448/link_status_priv.h"
#include "hal/vsc7448/vsc7448_priv.h"

#define TX_SEQ(i)  VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_TX_SEQ_CFG(i)
#define RX_SEQ(i)  VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_SEQ_REC_STATUS(i)
#define LFS_CFG(i) VSC7448_DEV10G_MAC_CFG_STATUS_MAC_LFS_CFG(i)
#define EVENTS(i)  VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT(i)

#define CHANGED                                                                                \
	((uint32_t)reg_field_mask(                                                             \
		VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_SEQ_REC_STATUS__RX_Q_CHANGED_STICKY))

/* The two FIFOs of 10GBASE-R: stat and data registers, and the events of each. */
static uint64_t fifo_stat(uint32_t i, unsigned signal)
{
	return signal != 0 ? VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_FSET_FIFO_STAT(i)
			   : VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_OSET_FIFO_STAT(i);
}

static uint64_t fifo_data(uint32_t i, unsigned signal)
{
	return signal != 0 ? VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_FSET_FIFO_DATA(i)
			   : VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_OSET_FIFO_DATA(i);
}

/* Full now, or it was: the sticky bit latches at both edges. */
static uint32_t full_events(void)
{
	return (uint32_t)(reg_field_mask(
				  VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT__RX_OSET_FIFO_FULL_STICKY) |
			  reg_field_mask(
				  VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT__RX_FSET_FIFO_FULL_STICKY));
}

static uint32_t word_events(void)
{
	return (uint32_t)(reg_field_mask(
				  VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT__RX_OSET_STICKY) |
			  reg_field_mask(
				  VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT__RX_FSET_STICKY));
}

/* Is it 10GBASE-R?  Errors go into @io. */
static int mode_of(struct regio *io, uint32_t port, bool *base_r)
{
	struct vsc7448_link link = { .port = port };
	int rc = vsc7448__link_modes(io, &link, 1);

	if (rc != 0)
		return rc;
	if (!link.has_mode)
		return regio_fail(io, E_STATE, "port %" PRIu32 " is not set up", port);
	if (link.mbps != 10000)
		return regio_fail(io, E_NOTSUP,
				  "port %" PRIu32 " is in %s: only XAUI, RXAUI and 10GBASE-R "
				  "have ordered sets",
				  port, link_mode_names[link.mode]);
	if (link.pcs2x6g)
		return regio_fail(io, E_NOTSUP,
				  "port %" PRIu32
				  " is in rxaui by PCS2X6G, whose registers have "
				  "no ordered sets; those of PCS_XAUI have",
				  port);
	*base_r = link.mode == LINK_MODE_10GBASE_R || link.mode == LINK_MODE_10GBASE_KR;
	return 0;
}

static int check_word(struct regio *io, uint32_t word)
{
	if (word > VSC7448_OSET_MAX)
		return regio_fail(io, E_RANGE,
				  "0x%" PRIx32 " does not fit the 24 bits of an "
				  "ordered set",
				  word);
	if (word >= VSC7448_OSET_LOCAL_FAULT && word <= VSC7448_OSET_INTERRUPTION)
		return regio_fail(io, E_RANGE,
				  "0x%06" PRIx32 " is a link fault to the partner: it would "
				  "take the link down",
				  word);
	return 0;
}

int vsc7448_oset_send(struct vsc7448 *chip, uint32_t port, uint32_t word, struct error *err)
{
	struct regio *io = chip->io;
	bool base_r = false;

	if (check_word(io, word) != 0 || mode_of(io, port, &base_r) != 0)
		return regio_end(io, err);
	if (base_r) {
		regio_fail(io, E_NOTSUP,
			   "port %" PRIu32 " is in 10GBASE-R: its PCS receives ordered sets "
			   "but has no register to send them; XAUI and RXAUI send",
			   port);
		return regio_end(io, err);
	}
	regio_fields(io, LFS_CFG(port - 49),
		     F(DEV10G_MAC_CFG_STATUS_MAC_LFS_CFG, SPURIOUS_Q_DIS, 0));
	regio_fields(io, TX_SEQ(port - 49),
		     F(DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_TX_SEQ_CFG, TX_Q, word),
		     F(DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_TX_SEQ_CFG, TX_Q_DIS, word == 0));
	return regio_end(io, err);
}

/* --- receiving ---------------------------------------------------------------------------- */

static int take_xaui(struct regio *io, uint32_t i, struct vsc7448_oset *oset)
{
	const uint64_t addrs[] = { RX_SEQ(i), TX_SEQ(i) };
	uint32_t v[2];
	int rc = regio_read_many(io, addrs, 2, v);

	if (rc != 0)
		return rc;
	oset->words[0] = (uint32_t)reg_field_get(
		v[0], VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_SEQ_REC_STATUS__RX_Q);
	oset->n_words = oset->words[0] != 0;
	oset->changed = (v[0] & CHANGED) != 0;
	oset->sent = (uint32_t)reg_field_get(
		v[1], VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_TX_SEQ_CFG__TX_Q);
	oset->sends =
		oset->sent != 0 &&
		reg_field_get(
			v[1],
			VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_TX_SEQ_CFG__TX_Q_DIS) ==
			0;
	if (oset->changed)
		regio_write(io, RX_SEQ(i), CHANGED);
	return regio_flush(io);
}

/* One FIFO, as many words as its state tells. */
static int take_fifo(struct regio *io, uint32_t i, unsigned signal, uint32_t stat,
		     struct vsc7448_oset *oset)
{
	/* Both FIFOs have the same fields at the same places. */
	const uint32_t n = (uint32_t)reg_field_get(
		stat,
		VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_OSET_FIFO_STAT__RX_OSET_FIFO_NUM);
	uint64_t addrs[VSC7448_OSET_FIFO_WORDS];
	uint32_t v[VSC7448_OSET_FIFO_WORDS];
	int rc;

	for (uint32_t k = 0; k < n; k++)
		addrs[k] = fifo_data(i, signal);
	rc = n == 0 ? 0 : regio_read_many(io, addrs, n, v);
	for (uint32_t k = 0; rc == 0 && k < n; k++) {
		oset->words[oset->n_words] = v[k] >> 8;
		oset->signal[oset->n_words++] = signal != 0;
	}
	if (reg_field_get(
		    stat,
		    VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_OSET_FIFO_STAT__RX_OSET_FIFO_FULL) !=
	    0)
		oset->may_lack = true;
	return rc;
}

static int take_base_r(struct regio *io, uint32_t i, struct vsc7448_oset *oset)
{
	/* Events first: a word that comes in between is told again. */
	const uint64_t addrs[] = { EVENTS(i), fifo_stat(i, 0), fifo_stat(i, 1) };
	uint32_t v[3], seen;
	int rc = regio_read_many(io, addrs, 3, v);

	oset->queued = true;
	if (rc == 0)
		rc = take_fifo(io, i, 0, v[1], oset);
	if (rc == 0)
		rc = take_fifo(io, i, 1, v[2], oset);
	if (rc != 0)
		return rc;
	seen = v[0] & (full_events() | word_events());
	if ((seen & full_events()) != 0)
		oset->may_lack = true;
	/* Emptying a full FIFO latches its bit again. */
	if (oset->may_lack)
		seen |= full_events();
	if (seen != 0)
		regio_write(io, EVENTS(i), seen);
	return regio_flush(io);
}

static int take(struct regio *io, uint32_t port, bool base_r, struct vsc7448_oset *oset)
{
	memset(oset, 0, sizeof(*oset));
	return base_r ? take_base_r(io, port - 49, oset) : take_xaui(io, port - 49, oset);
}

int vsc7448_oset_take(struct vsc7448 *chip, uint32_t port, struct error *err,
		      struct vsc7448_oset *oset)
{
	struct vsc7448_oset found = { 0 };
	bool base_r = false;
	int rc;

	if (mode_of(chip->io, port, &base_r) == 0)
		take(chip->io, port, base_r, &found);
	rc = regio_end(chip->io, err);
	if (rc == 0)
		*oset = found;
	return rc;
}

/* Waits for the bit that tells that a word has come. */
static void await_word(struct regio *io, uint32_t i, bool base_r, uint32_t timeout_us)
{
	const uint32_t arrived = (uint32_t)reg_field_mask(
		VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT__RX_OSET_STICKY);

	regio_wait(io, &(struct regio_wait){
			       .addr = base_r ? EVENTS(i) : RX_SEQ(i),
			       .mask = base_r ? arrived : CHANGED,
			       .want = base_r ? arrived : CHANGED,
			       .timeout_us = timeout_us,
		       });
}

int vsc7448_oset_wait(struct vsc7448 *chip, uint32_t port, const struct vsc7448_oset_wait *wait,
		      struct error *err, struct vsc7448_oset *oset)
{
	struct regio *io = chip->io;
	struct vsc7448_oset found = { 0 };
	bool base_r = false, there;
	int rc;

	if (mode_of(io, port, &base_r) != 0 || take(io, port, base_r, &found) != 0)
		return regio_end(io, err);
	there = base_r ? found.n_words > 0 : found.changed;
	if (wait->fresh || !there) {
		await_word(io, port - 49, base_r, wait->timeout_us);
		if (regio_flush(io) == 0)
			take(io, port, base_r, &found);
	}
	rc = regio_end(io, err);
	if (rc == 0)
		*oset = found;
	return rc;
}
