#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ./setup.sh run    installs what building needs, builds, starts switchblade on the mock chassis
# ./setup.sh test   installs what testing needs too, builds and runs all tests
# ./setup.sh deps   installs the packages of both and stops
#
# Works on a fresh Debian 12 as root or with sudo.  Only packages that are missing are installed,
# from Debian's archive, and a kernel that the tests boot in a guest machine; when none is missing
# nothing touches the network.
set -eu

BUILD="gcc libc6-dev make pkg-config libpci-dev libusb-1.0-0-dev libreadline-dev
libsmartcols-dev libjansson-dev libyaml-dev"
TEST="libcmocka-dev clang libclang-rt-14-dev clang-format clang-tidy cppcheck valgrind
python3-jsonschema expect mandoc umockdev libumockdev-dev flashrom openssh-server
openssh-client"
# For the tests in a guest machine; without them these are skipped.
GUEST="qemu-system-x86 busybox-static cpio kmod xz-utils"

install_missing()
{
	missing=
	for package in "$@"; do
		dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null |
			grep -qx installed || missing="$missing $package"
	done
	[ -n "$missing" ] || return 0
	sudo=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null ||
			{ echo "setup.sh: missing:$missing; run it as root or install sudo" >&2; exit 1; }
		sudo=sudo
	fi
	echo "setup.sh: installing$missing" >&2
	export DEBIAN_FRONTEND=noninteractive
	# shellcheck disable=SC2086
	$sudo apt-get install -y --no-install-recommends $missing >/dev/null 2>&1 ||
		{ $sudo apt-get update >/dev/null &&
		  $sudo apt-get install -y --no-install-recommends $missing >/dev/null; }
}

# Best effort: what is missing is told here, and again by the tests that it makes skip.
prepare_guest()
{
	# shellcheck disable=SC2086
	(install_missing $GUEST) || echo "setup.sh: no guest machine: cannot install $GUEST" >&2
	tests/guest/kernel.sh || echo 'setup.sh: the tests in the guest machine will be skipped' >&2
}

cd "$(dirname "$0")"
jobs=$(nproc 2>/dev/null || echo 1)
case ${1-} in
run)
	shift
	# shellcheck disable=SC2086
	install_missing $BUILD
	make -j"$jobs" >&2
	exec build/bin/switchblade "$@"
	;;
test)
	# shellcheck disable=SC2086
	install_missing $BUILD $TEST
	prepare_guest
	exec make -s -j"$jobs" check
	;;
deps)
	# shellcheck disable=SC2086
	install_missing $BUILD $TEST
	prepare_guest
	;;
*)
	sed -n '4,11s/^# \{0,1\}//p' "$0" >&2
	exit 2
	;;
esac
