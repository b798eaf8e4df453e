# build/ holds the optimised program, build-test/ the same with sanitizers and all tests; what each target does stands
# in README.md. Names of tests may be given: make test T=db/
NINJA := ninja --quiet -j$(shell nproc)
SANITIZED := -Dtests=true -Ddebug=true -Doptimization=1 -Db_sanitize=address,undefined
T :=

# A build folder, and its lists of files anew when one came or went in the folders that meson.build lists.
define configure
@test -e $(1)/build.ninja || meson setup $(1) $(2)
@test -z "$$(find sql/queries sql/queries/* sql/migrations src/web/*/views -maxdepth 0 -newer $(1)/build.ninja)" || \
	meson setup --reconfigure $(1) >/dev/null
endef

.PHONY: build run test test-build lint fmt bench stress coverage deb clean

build:
	@tools/install build
	$(call configure,build,-Db_lto=true)
	@$(NINJA) -C build

run:
	@tools/install build
	@tools/run check
	@$(MAKE) --no-print-directory build
	@tools/run

test: test-build
	@tests/run $(T)

test-build:
	@tools/install build test
	$(call configure,build-test,$(SANITIZED))
	@$(NINJA) -C build-test

lint: test-build
	@tools/install lint
	@tools/lint build-test

fmt:
	@tools/install lint
	@git ls-files -co --exclude-standard '*.c' '*.h' | xargs clang-format -i

bench: build
	@tools/install bench
	@bench/run

stress: build
	@tools/install test bench
	@bench/stress/run
	@EVERY_CALL=1 $(MAKE) --no-print-directory test T=app/core/torture
	@ROUNDS=10000 $(MAKE) --no-print-directory test T=app/imports/mutations

deb: build
	@tools/install deb
	@tools/deb build/huiyuan build

coverage:
	@tools/install build test coverage
	$(call configure,build-coverage,-Dtests=true -Doptimization=0 -Db_coverage=true)
	@$(NINJA) -C build-coverage
	@tests/run --build build-coverage
	@gcovr --root . --filter src/ --sort-percentage --print-summary build-coverage

clean:
	rm -rf build build-test build-coverage
