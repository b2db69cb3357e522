#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# make install into a scratch root, then use what was installed as a stranger would: programs,
# library through pkg-config, manual pages, completion, schemas.
set -u
cd "$(dirname "$0")/../.." || exit 1
root=$(mktemp -d) || exit 1
trap 'rm -rf "$root"' EXIT
passed=0 failed=0

check()
{
	local name=$1
	shift
	if out=$("$@" 2>&1); then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf -- '--- %s\n%s\n' "$name" "$out"
	fi
}

only_sb_exported()
{
	local names
	names=$(nm -D --defined-only "$root/usr/lib/libswitchblade.so.0" | awk '$2 != "A" {print $3}') || return 1
	[ -n "$names" ] || { echo 'nothing is exported'; return 1; }
	! printf '%s\n' "$names" | grep -v '^sb_'
}

example()
{
	export PKG_CONFIG_PATH=$root/usr/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root
	# shellcheck disable=SC2046
	"$1" -Wall -Wextra -Werror -o "$root/example" tests/install/example.c $(pkg-config --cflags --libs switchblade) &&
		LD_LIBRARY_PATH=$root/usr/lib "$root/example" |
		diff - tests/install/example.expected
}

header_is_cplusplus() { g++ -Wall -Wextra -Werror -fsyntax-only -x c++ "$root/usr/include/switchblade.h"; }
soname() { readelf -d "$root/usr/lib/libswitchblade.so" | grep -q 'SONAME.*libswitchblade.so.0'; }
program() { "$root/usr/bin/switchblade" --version && "$root/usr/bin/switchblade" reg read 'switch/DEVCPU_GCB:CHIP_REGS:CHIP_ID' | grep -q 374680e9; }
compiler() { "$root/usr/bin/rdlc" --json "$root/usr/share/switchblade/regmaps/rocker/rocker.rdl" >/dev/null; }
manual() { mandoc -Tlint -W warning "$root"/usr/share/man/man1/*.1; }
completion() { bash -n "$root/usr/share/bash-completion/completions/switchblade"; }
schemas() { ls "$root"/usr/share/switchblade/schemas/*.schema.json; }
udev_rules() { python3 tests/install/udev_rules.py "$root/usr/lib/udev/rules.d/60-switchblade.rules" drv/pci_kind.c drv/usb_devices.c; }

check 'make install' make -s install DESTDIR="$root" PREFIX=/usr
check 'program runs' program
check 'compiler runs on the installed maps' compiler
check 'soname' soname
check 'only sb_ is exported' only_sb_exported
check 'example with gcc' example gcc
check 'example with clang' example clang
if command -v g++ >/dev/null; then
	check 'header reads as C++' header_is_cplusplus
fi
check 'manual pages' manual
check 'bash completion' completion
check 'schemas' schemas
check 'udev rules read, and have the ids of the program' udev_rules
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
