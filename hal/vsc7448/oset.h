/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ordered sets: words of 24 bits beside the frames of a 10G link.
 *
 * XAUI and RXAUI: a port sends one word (PCS_XAUI_TX_SEQ_CFG.TX_Q) and receives the partner's
 * (PCS_XAUI_RX_SEQ_REC_STATUS.RX_Q, with a bit that tells that it changed).  There is no queue: a
 * word that is replaced before somebody looks is gone without a trace.  **That TX_Q is sent
 * spontaneously is unproven on a chip**: the register text calls it a replacement of the ||Q|| code.
 *
 * RXAUI has it only through the interleave mode of PCS_XAUI; the vendor's driver sets RXAUI up
 * through PCS2X6G, which has no register for ordered sets (E_NOTSUP).
 *
 * 10GBASE-R and 10GBASE-KR: receive only.  Words come through two FIFOs of at most 7 (sequence
 * and signal ordered sets), into which link faults are put too; when a FIFO was found full, words
 * may have been lost.  Reading takes a word out.
 *
 * 0x000001 is local fault, 0x000002 remote fault (IEEE 802.3 46.3.4), 0x000003 link interruption.
 * All functions: E_NOTSUP when the port's mode has no such thing, E_STATE when it has none at all.
 */
#ifndef HAL_VSC7448_OSET_H
#define HAL_VSC7448_OSET_H

#include "hal/vsc7448/vsc7448.h"

#define VSC7448_OSET_MAX          0xffffffu
#define VSC7448_OSET_LOCAL_FAULT  0x000001u
#define VSC7448_OSET_REMOTE_FAULT 0x000002u
#define VSC7448_OSET_INTERRUPTION 0x000003u
#define VSC7448_OSET_FIFO_WORDS   7u

/*
 * Sends @word from now on, over XAUI or RXAUI; 0: none.  Lets it through too: clears TX_Q_DIS and
 * MAC_LFS_CFG.SPURIOUS_Q_DIS.  E_RANGE: more than 24 bits, or a word that the partner takes for a
 * link fault (1 to 3).  E_NOTSUP on 10GBASE-R, which cannot send ordered sets.
 */
int vsc7448_oset_send(struct vsc7448 *chip, uint32_t port, uint32_t word, struct error *err);

/* What arrived at a port. */
struct vsc7448_oset {
	bool queued;   /* from the FIFOs of 10GBASE-R; else the one word of XAUI */
	bool sends;    /* XAUI: a word is sent */
	uint32_t sent; /* XAUI: that word */
	bool changed;  /* XAUI: another word than at the last look has arrived */
	bool may_lack; /* 10GBASE-R: a FIFO was full: words may have been lost */
	uint32_t n_words;
	uint32_t words[2 * VSC7448_OSET_FIFO_WORDS]; /* as they came, of each FIFO */
	bool signal[2 * VSC7448_OSET_FIFO_WORDS];    /* a signal ordered set, not a sequence */
};

/*
 * Takes what is there.  XAUI: the last word received (0: none yet) and whether it changed since
 * the last look, which this clears.  10GBASE-R: both FIFOs are emptied.
 */
int vsc7448_oset_take(struct vsc7448 *chip, uint32_t port, struct error *err,
		      struct vsc7448_oset *oset);

/*
 * Waits for a sequence word, at most @timeout_us.  @fresh: what is there already is taken and
 * dropped first, so that the word arrives after the call; else what is there ends the wait at
 * once.  On 10GBASE-R link faults count as words.  E_TIMEOUT names the register and the bit.
 */
struct vsc7448_oset_wait {
	uint32_t timeout_us;
	bool fresh;
};
int vsc7448_oset_wait(struct vsc7448 *chip, uint32_t port, const struct vsc7448_oset_wait *wait,
		      struct error *err, struct vsc7448_oset *oset);

#endif
