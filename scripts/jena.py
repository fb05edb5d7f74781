#!/usr/bin/env python3
"""Jena's programs as Debian packages them, which is without commands to start them.

    scripts/jena.py riotcmd.riot --syntax=jsonld10 --output=nquads graph.jsonld

To install: apt-get install libapache-jena-java and a JRE. JSON-LD is read as `jsonld10`: the library that Jena 4.5 reads
JSON-LD 1.1 with wants a part that Debian does not have.
"""

import glob, os, pathlib, re, shutil, subprocess, sys, tempfile, zipfile

JARS = "/usr/share/java"
WANTED = (r"jena-[a-z0-9-]+|commons-(cli|codec|compress|csv|io|lang3)|jackson-(core|databind|annotations)|gson|http(client|client-cache|core)|"
          r"jcl-over-slf4j|jsonld-java|protobuf|slf4j-(api|nop)|thrift|guava")


def installed():
    return bool(shutil.which("java")) and os.path.exists(f"{JARS}/jena-cmds.jar")


def class_path(work):
    """The class path: Debian's jars, each once, and Jena's own message files under the name that its code looks for them."""
    jars = [jar for jar in sorted(glob.glob(f"{JARS}/*.jar")) if re.fullmatch(f"({WANTED})\\.jar", os.path.basename(jar))]
    with zipfile.ZipFile(f"{JARS}/jena-core.jar") as core:
        for name in core.namelist():
            if "/ext/xerces/" in name and name.endswith(".properties"):
                copy = pathlib.Path(work) / "messages" / name.split("/ext/")[1]
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(core.read(name))
    return ":".join([*jars, f"{work}/messages"])


def main():
    if not installed():
        sys.exit("Jena is not installed")
    with tempfile.TemporaryDirectory() as work:
        sys.exit(subprocess.run(["java", "-cp", class_path(work), *sys.argv[1:]]).returncode)


if __name__ == "__main__":
    main()
