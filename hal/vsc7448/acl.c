/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/acl.h"

#include <stdlib.h>
#include <string.h>

#include "hal/vsc7448/acl_priv.h"

#define CNT_TBL(i) VSC7448_ANA_ACL_CNT_TBL_CNT(i)

/* Counters 1 to 57 are those of the ports' default actions; the vendor's rules start here. */
#define FIRST_COUNTER 100u
#define N_COUNTERS    4096u

static int check_rule(const struct vsc7448_acl_rule *rule, struct error *err)
{
	bool has_ports =
		rule->verdict == VSC7448_ACL_FILTER || rule->verdict == VSC7448_ACL_REDIRECT;

	if ((rule->from & ~VSC7448_FRONT_PORTS) != 0 || rule->from == 0)
		return error_set(err, E_RANGE, "a rule is for frames from ports 0 to %u",
				 VSC7448_N_PORTS - 1);
	if ((rule->to & ~VSC7448_FRONT_PORTS) != 0 || (has_ports && rule->to == 0))
		return error_set(err, E_RANGE, "frames go to ports 0 to %u",
				 VSC7448_N_PORTS - 1);
	if (rule->has_vid && (rule->vid == 0 || rule->vid > 4095))
		return error_set(err, E_RANGE, "VLAN %u: VLANs are 1 to 4095", rule->vid);
	if (rule->to_cpu && rule->cpu_queue > 7)
		return error_set(err, E_RANGE, "CPU queue %u: queues are 0 to 7",
				 rule->cpu_queue);
	if (rule->to_cpu && rule->verdict == VSC7448_ACL_DROP)
		return error_set(err, E_RANGE, "a rule that drops gives no copy to the CPU");
	if (rule->has_etype && rule->etype < 0x600)
		return error_set(err, E_RANGE, "0x%x is a length: EtherTypes start at 0x600",
				 rule->etype);
	return 0;
}

static int find_counter(const struct vcap_list *list, uint32_t *counter)
{
	bool used[N_COUNTERS] = { false };

	for (uint32_t i = 0; i < list->n_slots; i++)
		used[vsc7448__acl_counter(&list->slots[i].rule)] = true;
	for (uint32_t i = FIRST_COUNTER; i < N_COUNTERS; i++)
		if (!used[i]) {
			*counter = i;
			return 0;
		}
	return regio_fail(list->io, E_STATE, "all counters of access rules are in use");
}

int vsc7448_acl_insert(struct vsc7448 *chip, uint32_t index,
		       const struct vsc7448_acl_rule *rule, struct error *err)
{
	struct vsc7448_acl_rule acl = *rule;
	struct vcap_rule bits;
	struct vcap_list *list;
	int rc = check_rule(rule, err);

	if (rc != 0)
		return rc;
	rc = vsc7448__vcap_list(chip, VCAP_OWNER_IS2, &list);
	if (rc == 0)
		rc = find_counter(list, &acl.counter);
	if (rc == 0) {
		regio_write(chip->io, CNT_TBL(acl.counter), 0);
		vsc7448__acl_encode(&acl, &bits);
		vsc7448__vcap_list_insert(list, index, &bits, &acl.address);
	}
	return regio_end(chip->io, err);
}

enum change { DELETE, CLEAR };

/* Changes the @index-th rule, when it is ours. */
static int change_rule(struct vsc7448 *chip, uint32_t index, enum change change,
		       struct error *err)
{
	struct vsc7448_acl_rule rule = { 0 };
	const struct vcap_slot *slot = NULL;
	struct vcap_list *list;
	bool found;
	int rc = vsc7448__vcap_list(chip, VCAP_OWNER_IS2, &list);

	if (rc == 0)
		slot = vsc7448__vcap_list_at(list, ACL_RULE_SIZE, index);
	found = slot != NULL;
	if (found)
		vsc7448__acl_decode(&slot->rule, &rule);
	if (found && !rule.other_kind && change == DELETE)
		vsc7448__vcap_list_remove(list, ACL_RULE_SIZE, index);
	else if (found && !rule.other_kind)
		regio_write(chip->io, CNT_TBL(rule.counter), 0);
	rc = regio_end(chip->io, err);
	if (rc == 0 && !found)
		return error_set(err, E_NOTFOUND, "there is no access rule %u", index);
	if (rc == 0 && rule.other_kind)
		return error_set(err, E_STATE, "access rule %u was made by other software",
				 index);
	return rc;
}

int vsc7448_acl_del(struct vsc7448 *chip, uint32_t index, struct error *err)
{
	return change_rule(chip, index, DELETE, err);
}

int vsc7448_acl_clear(struct vsc7448 *chip, uint32_t index, struct error *err)
{
	return change_rule(chip, index, CLEAR, err);
}

static int read_rules(const struct vcap_list *list, struct vsc7448_acl_rule *rules, size_t *n)
{
	const struct vcap_slot *slot;

	for (uint32_t i = 0; (slot = vsc7448__vcap_list_at(list, ACL_RULE_SIZE, i)) != NULL;
	     i++) {
		struct vsc7448_acl_rule *rule = &rules[(*n)++];

		vsc7448__acl_decode(&slot->rule, rule);
		rule->address = slot->addr;
		if (!rule->other_kind)
			regio_fetch(list->io, CNT_TBL(rule->counter), &rule->hits);
	}
	return regio_flush(list->io);
}

int vsc7448_acl_list(struct vsc7448 *chip, struct error *err, struct vsc7448_acl_rule **rules,
		     size_t *n)
{
	struct vsc7448_acl_rule *found = NULL;
	struct vcap_list *list;
	size_t n_found = 0;
	int rc = vsc7448__vcap_list(chip, VCAP_OWNER_IS2, &list);

	if (rc == 0) {
		found = calloc((size_t)list->n_slots + 1, sizeof(*found));
		if (found == NULL)
			rc = regio_fail(chip->io, E_NOMEM, "out of memory");
	}
	if (rc == 0 && found != NULL)
		rc = read_rules(list, found, &n_found);
	if (rc == 0) {
		*rules = found;
		*n = n_found;
	} else {
		free(found);
	}
	return regio_end(chip->io, err);
}

/* --- ports -------------------------------------------------------------------------------- */

#define KEY_SEL(port) VSC7448_ANA_ACL_PORT_VCAP_S2_KEY_SEL(port, 0)
#define S2_CFG(port)  VSC7448_ANA_ACL_VCAP_S2_VCAP_S2_CFG(port)

/* The first lookup's bit of a field of VCAP_S2_CFG. */
#define FIRST(field) (UINT32_C(1) << VSC7448_ANA_ACL_VCAP_S2_VCAP_S2_CFG__##field.lsb)
#define IP_KEYS                                                                                \
	(FIRST(SEC_TYPE_IP6_TCPUDP_OTHER_ENA) | FIRST(SEC_TYPE_IP4_TCPUDP_ENA) |               \
	 FIRST(SEC_TYPE_IP4_OTHER_ENA))
/* IPv4 unicast and multicast by the key IP4, ARP by ARP; IPv6 follows SEC_TYPE_*. */
#define IP_KEY_SEL 0x51u

int vsc7448_acl_port_set(struct vsc7448 *chip, vsc7448_ports ports, enum vsc7448_acl_mode mode,
			 struct error *err)
{
	struct regio *io = chip->io;

	if ((ports & ~VSC7448_FRONT_PORTS) != 0)
		return error_set(err, E_RANGE, "ports are 0 to %u", VSC7448_N_PORTS - 1);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		if ((ports >> port & 1) == 0)
			continue;
		if (mode == VSC7448_ACL_OFF) {
			regio_set(io, S2_CFG(port), FIRST(SEC_ENA), 0);
			continue;
		}
		regio_put(io, KEY_SEL(port), mode == VSC7448_ACL_IP ? IP_KEY_SEL : 0);
		regio_set(io, S2_CFG(port), IP_KEYS | FIRST(SEC_ENA),
			  FIRST(SEC_ENA) | (mode == VSC7448_ACL_IP ? IP_KEYS : 0));
	}
	return regio_end(io, err);
}

int vsc7448_acl_port_get(struct vsc7448 *chip, uint32_t port, struct error *err,
			 enum vsc7448_acl_mode *mode)
{
	uint64_t addrs[2];
	uint32_t v[2];

	if (port >= VSC7448_N_PORTS)
		return error_set(err, E_RANGE, "ports are 0 to %u", VSC7448_N_PORTS - 1);
	addrs[0] = S2_CFG(port);
	addrs[1] = KEY_SEL(port);
	if (regio_get_many(chip->io, addrs, 2, v) != 0)
		return regio_end(chip->io, err);
	if ((v[0] & FIRST(SEC_ENA)) == 0)
		*mode = VSC7448_ACL_OFF;
	else
		*mode = v[1] == 0 && (v[0] & IP_KEYS) == 0 ? VSC7448_ACL_MAC : VSC7448_ACL_IP;
	return 0;
}
