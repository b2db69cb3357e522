/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/sig.h"

#include <signal.h>
#include <string.h>

#include "drv/cancel.h"

/* Signals are per process, and so is what remembers them. */
static volatile sig_atomic_t seen, leaving;

static void on_signal(int sig)
{
	if (sig != SIGINT)
		leaving = 1;
	/* Whoever asks twice gets what the signal does by default. */
	if (seen++ > 0) {
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

bool sig_leaving(void)
{
	return leaving != 0;
}
