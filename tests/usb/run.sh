#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# libusb itself, on a USB of our making (umockdev), with the model of the FT232H behind it: the
# unmodified switchblade, and Debian's flashrom.  Prints how long each took.
set -u
cd "$(dirname "$0")/../.." || exit 1
B=${B:-build}
export PATH=$PWD/$B/tests:$PATH
passed=0 failed=0

make -s "$B/tests/ft232h_umockdev" "$B/tests/ft232h_usbip" || { echo "1 failed: libumockdev-dev is needed"; exit 1; }
if "$B/tests/ft232h_usbip" --self-test; then passed=1; else failed=1; fi
for transcript in tests/usb/*.t; do
	start=$(date +%s%N)
	out=$(tests/golden/run.sh "$@" "$transcript" 2>&1)
	end=$(date +%s%N)
	line=$(printf '%s\n' "$out" | tail -1)
	printf '%s\n' "$out" | sed '$d'
	echo "counted: ${transcript##*/}: $line, $(((end - start) / 1000000)) ms"
	p=${line%% passed*} f=${line#*, } f=${f%% failed*}
	passed=$((passed + p)) failed=$((failed + f))
done
if [ -n "${SOAK-}" ] && [ -x build/asan/bin/switchblade ]; then
	export ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=1
	out=$(B=build/asan tests/golden/run.sh tests/usb/usb.t 2>&1) || printf '%s\n' "$out"
	line=$(printf '%s\n' "$out" | tail -1)
	p=${line%% passed*} f=${line#*, } f=${f%% failed*}
	passed=$((passed + p)) failed=$((failed + f))
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
