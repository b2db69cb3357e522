/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/sig.h"

#include <signal.h>
#include <string.h>

#include "drv/cancel.h"

/* Signals are per process, and so is what remembers them. */
#define ASKS_MAX 2

static volatile sig_atomic_t seen, leaving;

static void on_signal(int sig)
{
	if (sig != SIGINT)
		leaving = 1;
	/* Whoever keeps asking gets what the signal does by default. */
	if (++seen > ASKS_MAX) {
		signal(sig, SIG_DFL);
		raise(sig);
	}
	cancel_request();
}

void sig_setup(void)
{
	const int ask[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction act;

	memset(&act, 0, sizeof(act));
	sigemptyset(&act.sa_mask);
	act.sa_handler = on_signal;
	for (size_t i = 0; i < sizeof(ask) / sizeof(ask[0]); i++)
		sigaction(ask[i], &act, NULL);
	act.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &act, NULL);
}

void sig_new_command(void)
{
	if (leaving)
		return;
	seen = 0;
	cancel_clear();
}

bool sig_interrupted(void)
{
	return seen != 0;
}

bool sig_leaving(void)
{
	return leaving != 0;
}
