/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/sfp.h"

#define A0              0x50u
#define A2              0x51u
#define MONITORING_BYTE 92
#define CHANGES_ADDRESS 0x04u

static int read_diag(struct vsc7448 *chip, const struct vsc7448_twi *twi,
		     struct vsc7448_sfp *sfp, struct error *err)
{
	uint8_t a2[SFP_DIAG_BYTES];
	const struct vsc7448_twi_read read = { A2, 0, sizeof(a2), a2 };
	int rc = vsc7448_twi_read(chip, twi, &read, err);

	if (rc == 0) {
		sfp_diag_decode(a2, &sfp->identity, &sfp->diag);
		sfp->has_diag = true;
	}
	if (rc != E_NODEV)
		return rc;
	error_clear(err);
	return 0;
}

int vsc7448_sfp_read(struct vsc7448 *chip, const struct vsc7448_twi *twi,
		     struct vsc7448_sfp *sfp, struct error *err)
{
	const struct vsc7448_twi_read read = { A0, 0, sizeof(sfp->a0), sfp->a0 };
	int rc = vsc7448_twi_read(chip, twi, &read, err);

	sfp->has_diag = false;
	if (rc != 0)
		return rc;
	sfp_identity_decode(sfp->a0, &sfp->identity);
	if (!sfp->identity.has_diag || (sfp->a0[MONITORING_BYTE] & CHANGES_ADDRESS) != 0)
		return 0;
	return read_diag(chip, twi, sfp, err);
}
