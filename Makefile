# SPDX-License-Identifier: GPL-2.0-or-later
#
# make              switchblade, rdlc and libswitchblade under build/
# make unit         unit and behaviour tests, quick
# make check        everything that CI runs
# make soak         long fuzzing and sweeps
# make asan lint bench install clean
#
# VARIANT=release|debug|asan|tsan|coverage|fuzz   side by side, build/ or build/VARIANT/
# CC=gcc|clang  WERROR=  V=1

VARIANT ?= release
CC      := $(if $(filter default undefined,$(origin CC)),gcc,$(CC))
HOSTCC  ?= gcc
WERROR  ?= -Werror
DESTDIR ?=
PREFIX  ?= /usr/local
libdir  ?= $(PREFIX)/lib
SONAME  := libswitchblade.so.0
VERSION := 0.1.0

Q := $(if $(V),,@)
QUIET := $(or $(V),$(findstring s,$(firstword -$(MAKEFLAGS))))
say = $(if $(QUIET),,@printf '  %-7s %s\n' '$(1)' '$(2)')
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

# --- flags ------------------------------------------------------------------------------------

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
	-Wcast-qual -Wwrite-strings -Wundef -Wvla -Wformat=2 -Wimplicit-fallthrough \
	-Wconversion -Wno-sign-conversion $(WERROR)
BASE := -std=c11 -D_GNU_SOURCE -DSB_VERSION='"$(VERSION)"' -fPIC -g $(WARN) -I. -Ibuild/gen

FLAGS_release  := -O2
FLAGS_debug    := -O0
FLAGS_asan     := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS_tsan     := -O1 -fsanitize=thread
FLAGS_coverage := -O0 --coverage
FLAGS_fuzz     := -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
ifeq ($(VARIANT),fuzz)
CC := clang
endif
$(if $(FLAGS_$(VARIANT)),,$(error no variant called $(VARIANT)))

# The release variant lives in build/ itself; rdlc as the generator always comes from there.
B    := build$(if $(filter-out release,$(VARIANT)),/$(VARIANT)$(if $(filter-out gcc,$(CC)),-$(CC)),$(if $(filter-out gcc,$(CC)),/$(CC)))
ifeq ($(VARIANT),fuzz)
B    := build/fuzz
endif
HOST := build

pkg = $(shell pkg-config --libs $(1) 2>/dev/null)
LDLIBS_drv = $(call pkg,libpci libusb-1.0)
LDLIBS_hal = $(call pkg,yaml-0.1) $(LDLIBS_drv)
LDLIBS_cli = $(call pkg,jansson smartcols) -lreadline

# --- sources ----------------------------------------------------------------------------------

SRC_regdb := $(wildcard regmaps/regdb/*.c)
SRC_rdlc  := $(filter-out regmaps/rdlc/main.c,$(wildcard regmaps/rdlc/*.c))
SRC_drv   := $(wildcard drv/*.c drv/*/*.c)
SRC_hal   := $(wildcard hal/*.c hal/*/*.c)
SRC_cli   := $(filter-out cli/main.c,$(wildcard cli/*.c cli/*/*.c))
LAYERS    := cli hal rdlc drv regdb
# A map is a folder of regmaps/ with a description of the same name.
MAPS      := $(sort $(foreach d,$(notdir $(patsubst %/,%,$(wildcard regmaps/*/))),$(if $(wildcard regmaps/$d/$d.rdl),$d)))
EMBEDDED  := fixtures/boards/bench8.yaml

obj = $(patsubst %.c,$(1)/obj/%.o,$(2))

# --- compiling --------------------------------------------------------------------------------

# $(1): output folder, $(2): compiler, $(3): flags.  A change of flags rebuilds everything.
define compile-rules
$(1)/flags.stamp: FORCE
	@mkdir -p $$(@D); echo '$(2) $(BASE) $(3)' | cmp -s - $$@ || echo '$(2) $(BASE) $(3)' >$$@
$(1)/obj/%.o: %.c $(1)/flags.stamp
	$$(call say,CC,$$@)
	@mkdir -p $$(@D)
	$$(Q)$(2) $(BASE) $(3) -MMD -MP -c $$< -o $$@
$(1)/obj/%.o: build/gen/%.c $(1)/flags.stamp
	$$(call say,CC,$$@)
	@mkdir -p $$(@D)
	$$(Q)$(2) $(BASE) $(3) -MMD -MP -c $$< -o $$@
$(1)/obj/embed.o: build/gen/embed.S $(MAPS:%=build/gen/%.regdb) $(EMBEDDED)
	$$(call say,AS,$$@)
	@mkdir -p $$(@D)
	$$(Q)$(2) -c $$< -o $$@
endef
FORCE:
$(eval $(call compile-rules,$(HOST),$(HOSTCC),$(FLAGS_release)))
ifneq ($(B),$(HOST))
$(eval $(call compile-rules,$(B),$(CC),$(FLAGS_$(VARIANT))))
endif

# Generated headers must exist before anything that may include them is first compiled.
GENHDR := $(MAPS:%=build/gen/%_regs.h)
$(call obj,$(B),$(filter drv/mock_% drv/bus_mock%,$(SRC_drv)) $(SRC_hal) $(SRC_cli) cli/main.c $(wildcard tests/*/*.c)): | $(GENHDR)

# --- generating -------------------------------------------------------------------------------

RDLC := $(HOST)/bin/rdlc
HOSTOBJ := $(call obj,$(HOST),regmaps/rdlc/main.c $(SRC_rdlc) $(filter-out %/builtin.c,$(SRC_regdb)) drv/error.c)
$(RDLC): $(HOSTOBJ)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) -o $@ $^

define map-rules
build/gen/$(1).regdb build/gen/$(1)_regs.h &: regmaps/$(1)/$(1).rdl $(RDLC)
	$$(call say,RDLC,$(1))
	@mkdir -p build/gen
	$$(Q)$(RDLC) -I regmaps --depfile build/gen/$(1).d --regdb -o build/gen/$(1).regdb $$<
	$$(Q)$(RDLC) -I regmaps --header -o build/gen/$(1)_regs.h $$<
-include build/gen/$(1).d
endef
$(foreach m,$(MAPS),$(eval $(call map-rules,$(m))))

# One object holds the databases and the embedded board; a table names the databases.
embed-one = printf '.global %s\n.balign 16\n%s:\n.incbin "%s"\n.global %s_end\n%s_end:\n.byte 0\n' $(1) $(1) $(2) $(1) $(1);
build/gen/maps.list: FORCE
	@mkdir -p $(@D); echo '$(MAPS) $(EMBEDDED)' | cmp -s - $@ || echo '$(MAPS) $(EMBEDDED)' >$@
build/gen/embed.S: Makefile build/gen/maps.list
	$(call say,GEN,$@)
	@mkdir -p $(@D)
	$(Q){ echo '.section .rodata'; \
	$(foreach m,$(MAPS),$(call embed-one,regdb_blob_$(m),build/gen/$(m).regdb)) \
	$(foreach f,$(EMBEDDED),$(call embed-one,embedded_$(subst .,_,$(notdir $(f))),$(f))) \
	echo '.section .note.GNU-stack,"",%progbits'; } >$@
build/gen/builtin_maps.c: Makefile build/gen/maps.list
	$(call say,GEN,$@)
	@mkdir -p $(@D)
	$(Q){ echo '/* SPDX-License-Identifier: GPL-2.0-or-later */'; \
	echo '/* Made by the Makefile: the maps that are linked in. */'; \
	echo '#include "regmaps/regdb/builtin.h"'; \
	$(foreach m,$(MAPS),echo 'extern const unsigned char regdb_blob_$(m)[], regdb_blob_$(m)_end[];';) \
	echo 'const struct regdb_builtin regdb_builtins[] = {'; \
	$(foreach m,$(MAPS),echo '	{ "$(m)", regdb_blob_$(m), regdb_blob_$(m)_end },';) \
	echo '	{ 0 },'; echo '};'; } >$@

# --- linking ----------------------------------------------------------------------------------

define layer-rules
$(B)/lib$(1).a: $(call obj,$(B),$(SRC_$(1))) $(if $(filter regdb,$(1)),$(B)/obj/builtin_maps.o $(B)/obj/embed.o) $(B)/$(1).list
	$$(call say,AR,$$@)
	$$(Q)rm -f $$@; ar rcs $$@ $$(filter %.o,$$^)
$(B)/$(1).list: FORCE
	@mkdir -p $$(@D); echo '$(SRC_$(1))' | cmp -s - $$@ || echo '$(SRC_$(1))' >$$@
endef
$(foreach l,$(LAYERS),$(eval $(call layer-rules,$(l))))
ARCHIVES := $(LAYERS:%=$(B)/lib%.a)

# drv and regdb need each other (errors here, the mock there); nothing else may call upwards.
LINK = $(CC) $(FLAGS_$(VARIANT)) -o $@ $(filter %.o,$^) $(B)/libcli.a $(B)/libhal.a \
	$(B)/librdlc.a -Wl,--start-group $(B)/libdrv.a $(B)/libregdb.a -Wl,--end-group \
	$(LDLIBS_cli) $(LDLIBS_hal) -lm

$(B)/bin/switchblade: $(B)/obj/cli/main.o $(ARCHIVES)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK)

ifneq ($(B),$(HOST))
$(B)/bin/rdlc: $(call obj,$(B),regmaps/rdlc/main.c $(SRC_rdlc) $(filter-out %/builtin.c,$(SRC_regdb)) drv/error.c)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS_$(VARIANT)) -o $@ $^
endif

$(B)/$(SONAME): $(ARCHIVES) hal/libswitchblade.map
	$(call say,LD,$@)
	$(Q)$(CC) $(FLAGS_$(VARIANT)) -shared -Wl,-soname,$(SONAME) -Wl,--version-script=hal/libswitchblade.map \
		-Wl,--no-undefined -o $@ -Wl,--whole-archive $(B)/libhal.a -Wl,--no-whole-archive \
		$(B)/librdlc.a -Wl,--start-group $(B)/libdrv.a $(B)/libregdb.a -Wl,--end-group $(LDLIBS_hal) -lm
	$(Q)ln -sf $(SONAME) $(B)/libswitchblade.so

all: $(B)/bin/switchblade $(B)/bin/rdlc $(B)/$(SONAME)

# --- tests ------------------------------------------------------------------------------------

UNIT  := $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c))
FUZZ  := $(patsubst tests/fuzz/%.c,$(B)/tests/%,$(wildcard tests/fuzz/fuzz_*.c))
BENCH := $(patsubst tests/bench/%.c,$(B)/tests/%,$(wildcard tests/bench/bench_*.c))
GUEST := $(patsubst tests/guest/%.c,$(B)/tests/%,$(wildcard tests/guest/*.c))

TESTLIB := $(call obj,$(B),$(wildcard tests/lib/*.c))
$(UNIT): $(B)/tests/%: $(B)/obj/tests/unit/%.o $(TESTLIB) $(ARCHIVES)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -lcmocka -ldl
$(BENCH): $(B)/tests/%: $(B)/obj/tests/bench/%.o $(TESTLIB) $(ARCHIVES)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK)
$(GUEST): $(B)/tests/%: $(B)/obj/tests/guest/%.o $(ARCHIVES)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK)
# Models of an FT232H for real USB stacks: umockdev's usbfs, the kernel's vhci-hcd.
USBOBJ := $(call obj,$(B),tests/usb/ft232h_server.c tests/usb/spi_flash.c)
$(B)/obj/tests/usb/ft232h_umockdev.o: tests/usb/ft232h_umockdev.c $(B)/flags.stamp
	$(call say,CC,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(BASE) $(FLAGS_$(VARIANT)) $(patsubst -I%,-isystem %,$(shell pkg-config --cflags umockdev-1.0)) \
		-MMD -MP -c $< -o $@
$(B)/tests/ft232h_%: $(B)/obj/tests/usb/ft232h_%.o $(USBOBJ) $(ARCHIVES)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) $(if $(filter umockdev,$*),$(call pkg,umockdev-1.0 gobject-2.0))
$(FUZZ): $(B)/tests/%: $(B)/obj/tests/fuzz/%.o $(TESTLIB) $(ARCHIVES)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -fsanitize=fuzzer,address,undefined

.PHONY: all FORCE unit unit-programs fuzz-programs bench-programs guest-programs check soak asan \
	lint bench golden-update install clean format
.SECONDARY: $(UNIT:$(B)/tests/%=$(B)/obj/tests/unit/%.o)
unit-programs: $(UNIT)
fuzz-programs: $(FUZZ)
bench-programs: $(BENCH)
guest-programs: $(GUEST)

unit: all unit-programs
	$(Q)B=$(B) tests/run unit
asan:
	$(Q)$(MAKE) --no-print-directory VARIANT=asan unit
check:
	$(Q)MAKE='$(MAKE)' tests/run check
soak:
	$(Q)MAKE='$(MAKE)' tests/run soak
bench: all bench-programs guest-programs
	$(Q)B=$(B) tests/run bench
golden-update: all
	$(Q)tests/golden/run.sh --update
lint: $(GENHDR) build/gen/builtin_maps.c
	$(Q)tests/lint.sh
format:
	$(Q)git ls-files '*.c' '*.h' | xargs clang-format -i
clean:
	rm -rf build

# --- installing -------------------------------------------------------------------------------

D := $(DESTDIR)$(PREFIX)
# The commands' manual and completion come from the command table itself.
install: all
	install -d $(D)/bin $(DESTDIR)$(libdir)/pkgconfig $(D)/include $(D)/share/man/man1 \
		$(D)/share/bash-completion/completions $(D)/share/switchblade/schemas \
		$(addprefix $(D)/share/switchblade/regmaps/,$(MAPS)) $(D)/share/switchblade/boards \
		$(D)/share/doc/switchblade $(D)/lib/udev/rules.d
	install -m 755 $(B)/bin/switchblade $(B)/bin/rdlc $(D)/bin
	install -m 755 $(B)/$(SONAME) $(DESTDIR)$(libdir)
	ln -sf $(SONAME) $(DESTDIR)$(libdir)/libswitchblade.so
	install -m 644 hal/switchblade.h $(D)/include
	printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$(libdir)' 'includedir=$${prefix}/include' '' \
		'Name: switchblade' 'Description: registers of a switch blade, by name' \
		'Version: $(VERSION)' 'Libs: -L$${libdir} -lswitchblade' 'Cflags: -I$${includedir}' \
		>$(DESTDIR)$(libdir)/pkgconfig/switchblade.pc
	$(B)/bin/switchblade help --man >$(D)/share/man/man1/switchblade.1
	install -m 644 regmaps/rdlc/rdlc.1 $(D)/share/man/man1
	$(B)/bin/switchblade help --bash-completion >$(D)/share/bash-completion/completions/switchblade
	install -m 644 cli/schemas/*.schema.json $(D)/share/switchblade/schemas
	install -m 644 regmaps/switchblade.rdl $(D)/share/switchblade/regmaps
	$(foreach m,$(MAPS),install -m 644 regmaps/$(m)/*.rdl $(D)/share/switchblade/regmaps/$(m);)
	install -m 644 fixtures/boards/* $(D)/share/switchblade/boards
	install -m 644 README.md COPYING $(D)/share/doc/switchblade
	install -m 644 drv/60-switchblade.rules $(D)/lib/udev/rules.d

-include $(shell find $(B)/obj $(HOST)/obj -name '*.d' 2>/dev/null)
