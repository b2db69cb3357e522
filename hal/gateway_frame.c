/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the gateway's messages are framed, and how the switch leads them to the CPU. */
#include <stdlib.h>
#include <string.h>

#include "hal/gateway_priv.h"
#include "hal/vsc7448/acl.h"

#define TPID_C 0x8100u
#define TPID_S 0x88a8u

static void put16(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

static uint16_t get16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

int gateway_frame_encode(const struct gateway_frame *frame, struct error *err,
			 uint8_t bytes[GATEWAY_FRAME_MAX], size_t *n)
{
	size_t at = 12, len;
	int rc;

	memcpy(bytes, frame->to.octet, 6);
	memcpy(bytes + 6, frame->from.octet, 6);
	if (frame->tagged) {
		put16(bytes + at, frame->tpid);
		put16(bytes + at + 2, frame->tci);
		at += 4;
	}
	put16(bytes + at, GATEWAY_ETYPE);
	rc = btc_wire_encode(&frame->msg, err, bytes + at + 2, &len);
	if (rc == 0)
		*n = at + 2 + len;
	return rc;
}

int gateway_frame_decode(const uint8_t *bytes, size_t n, struct error *err,
			 struct gateway_frame *frame)
{
	struct gateway_frame found = { .tagged = false };
	size_t at = 12;
	int rc;

	if (n >= 18 && (get16(bytes + at) == TPID_C || get16(bytes + at) == TPID_S)) {
		found.tagged = true;
		found.tpid = get16(bytes + at);
		found.tci = get16(bytes + at + 2);
		at += 4;
	}
	if (n < at + 2 || get16(bytes + at) != GATEWAY_ETYPE)
		return error_set(err, E_NOTSUP, "a frame of another EtherType");
	memcpy(found.to.octet, bytes, 6);
	memcpy(found.from.octet, bytes + 6, 6);
	rc = btc_wire_decode(bytes + at + 2, n - at - 2, err, &found.msg);
	if (rc == 0)
		*frame = found;
	return rc;
}

/* --- the switch -------------------------------------------------------------------------- */

/*
 * A frame of the rule's port may go to that port only, to which it never goes: so it goes to the CPU
 * alone.
 */
static struct vsc7448_acl_rule rule_of(const struct gateway *g, uint32_t port)
{
	return (struct vsc7448_acl_rule){
		.has_etype = true,
		.etype = GATEWAY_ETYPE,
		.has_dmac = true,
		.dmac = g->ident,
		.from = UINT64_C(1) << port,
		.verdict = VSC7448_ACL_FILTER,
		.to = UINT64_C(1) << port,
		.to_cpu = true,
		.cpu_queue = g->config.cpu_queue,
	};
}

static bool is_same(const struct vsc7448_acl_rule *a, const struct vsc7448_acl_rule *b)
{
	return !a->other_kind && a->has_etype && a->etype == b->etype && a->has_dmac &&
	       mac_number(&a->dmac) == mac_number(&b->dmac) && !a->has_vid &&
	       a->from == b->from && a->verdict == b->verdict && a->to == b->to && a->to_cpu &&
	       a->cpu_queue == b->cpu_queue;
}

/* The place of the rule for @port among the chip's; @n: it is not there. */
static int find_rule(struct gateway *g, uint32_t port, struct error *err, size_t *place,
		     size_t *n)
{
	struct vsc7448_acl_rule want = rule_of(g, port), *rules = NULL;
	int rc = vsc7448_acl_list(g->chip, err, &rules, n);

	if (rc != 0)
		return rc;
	*place = 0;
	while (*place < *n && !is_same(&rules[*place], &want))
		(*place)++;
	free(rules);
	return 0;
}

static int attach_port(struct gateway *g, uint32_t port, struct error *err)
{
	struct vsc7448_acl_rule rule = rule_of(g, port);
	enum vsc7448_acl_mode mode;
	size_t place, n;
	int rc = vsc7448_acl_port_get(g->chip, port, err, &mode);

	if (rc == 0 && mode == VSC7448_ACL_OFF)
		rc = vsc7448_acl_port_set(g->chip, rule.from, VSC7448_ACL_IP, err);
	if (rc == 0)
		rc = find_rule(g, port, err, &place, &n);
	if (rc == 0 && place == n)
		rc = vsc7448_acl_insert(g->chip, 0, &rule, err);
	return rc;
}

int gateway_attach(struct gateway *g, struct error *err)
{
	int rc = vsc7448_frame_setup(g->chip, err);

	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++)
		if ((g->config.ports >> port & 1) != 0)
			rc = attach_port(g, port, err);
	return rc;
}

int gateway_detach(struct gateway *g, struct error *err)
{
	size_t place, n;
	int rc = 0;

	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++) {
		if ((g->config.ports >> port & 1) == 0)
			continue;
		rc = find_rule(g, port, err, &place, &n);
		if (rc == 0 && place < n)
			rc = vsc7448_acl_del(g->chip, (uint32_t)place, err);
	}
	return rc;
}
