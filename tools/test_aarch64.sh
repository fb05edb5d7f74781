#!/usr/bin/env bash
# Runs the unit tests and the parity test of crates/nlp on 64-bit ARM, emulated: that the NEON kernel gives the bits of the
# portable one, and that the whole pipeline gives what it gives on x86.
#
# Run:  tools/test_aarch64.sh [FOLDER] [arguments of cargo test]      on Debian 12 for x86-64; FOLDER, /tmp/aarch64 by default,
#                                                                     takes 2 GB. `... FOLDER kernel` tests the kernels alone.
#
# Compiler, standard library for both processors, linker and emulator are Debian's packages, unpacked into FOLDER; nothing is
# installed. Cargo is the one that is here.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath -m "${1:-/tmp/aarch64}")
shift || true
root=$folder/root
libraries=$root/usr/lib/x86_64-linux-gnu

if [ ! -x "$root/usr/bin/rustc" ]; then
  mkdir -p "$folder/lists/partial" "$folder/packages" "$root"
  cat > "$folder/apt.conf" <<CONF
APT::Architecture "amd64";
APT::Architectures { "amd64"; "arm64"; };
Dir::State::Lists "$folder/lists";
Dir::Etc::sourcelist "/etc/apt/sources.list.d/debian.sources";
Dir::Etc::sourceparts "-";
CONF
  export APT_CONFIG=$folder/apt.conf
  apt-get update -qq
  depends() { apt-cache depends --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances "$@"; }
  runtime=$(depends libstd-rust-web-dev | sed -n 's/.*Depends: \(libstd-rust-web-[0-9.]*\).*/\1/p' | head -1)
  llvm=$(depends "$runtime" | sed -n 's/.*Depends: \(libllvm[0-9]*\).*/\1/p' | head -1)
  cross=$(depends gcc-aarch64-linux-gnu | sed -n 's/.*Depends: \(gcc-[0-9]*-aarch64-linux-gnu\).*/\1/p' | head -1)
  support=$(depends "$cross" | sed -n 's/.*Depends: \(libgcc-[0-9]*-dev-arm64-cross\).*/\1/p' | head -1)
  (cd "$folder/packages" && apt-get download -qq rustc-web libstd-rust-web-dev "$runtime" "$llvm" libstd-rust-web-dev:arm64 \
    gcc-aarch64-linux-gnu "$cross" "$support" binutils-aarch64-linux-gnu libgcc-s1-arm64-cross libc6-arm64-cross \
    libc6-dev-arm64-cross linux-libc-dev-arm64-cross qemu-user-static)
  for package in "$folder"/packages/*.deb; do dpkg-deb -x "$package" "$root"; done
fi

# The unpacked compiler and linker find their own libraries here, in place of /usr.
cat > "$folder/rustc" <<RUSTC
#!/bin/sh
LD_LIBRARY_PATH=$libraries exec "$root/usr/bin/rustc" --sysroot "$root/usr" "\$@"
RUSTC
cat > "$folder/linker" <<LINKER
#!/bin/sh
PATH="$root/usr/bin:\$PATH" LD_LIBRARY_PATH=$libraries exec aarch64-linux-gnu-gcc --sysroot="$root" -L"$root/usr/aarch64-linux-gnu/lib" "\$@"
LINKER
chmod +x "$folder/rustc" "$folder/linker"

export RUSTC=$folder/rustc CARGO_TARGET_DIR=$folder/target
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=$folder/linker
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER="$root/usr/bin/qemu-aarch64-static -L $root/usr/aarch64-linux-gnu"
cargo test -p entente-nlp --target aarch64-unknown-linux-gnu --lib --test parity "$@"
