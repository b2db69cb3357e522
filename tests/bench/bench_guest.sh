#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What pci: costs on a real PCI stack, in the guest machine.
cd "$(dirname "$0")/../.." || exit 1
echo 'pci: in a guest machine, one batch (target: ratio 1.05)'
tests/guest/run.sh --command "${B:-build}/tests/mmio_loop"
status=$?
[ $status != 77 ] || exit 0
exit $status
