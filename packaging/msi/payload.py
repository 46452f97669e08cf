#!/usr/bin/env python3
"""Writes the files of a folder as components for product.wxs: payload.py STAGE > payload.wxs

One component per file, its GUID made from the path below STAGE: the same file has the same component
in every version, as upgrades need it. STAGE is best a relative path: wixl takes no other.
"""
import os
import sys
import uuid
from xml.sax.saxutils import quoteattr

NAMESPACE = uuid.UUID("6e1c1e57-6a1b-5b0e-9c0e-3a4f0b2d7e11")


def name_for(kind: str, path: str) -> str:
    return kind + uuid.uuid5(NAMESPACE, kind + path.lower()).hex


def write_folder(stage: str, folder: str, indent: str, components: list[str]) -> None:
    entries = sorted(os.scandir(os.path.join(stage, folder)), key=lambda entry: entry.name)
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.is_dir():
            print(f"{indent}<Directory Id={quoteattr(name_for('d', path))} Name={quoteattr(entry.name)}>")
            write_folder(stage, path, indent + "  ", components)
            print(f"{indent}</Directory>")
            continue
        component = name_for("c", path)
        components.append(component)
        guid = str(uuid.uuid5(NAMESPACE, path.lower())).upper()
        source = f"{stage}/{path}"
        print(f'{indent}<Component Id="{component}" Guid="{guid}" Win64="yes">')
        print(f"{indent}  <File Id=\"{name_for('f', path)}\" Name={quoteattr(entry.name)}"
              f' KeyPath="yes" Source={quoteattr(source)}/>')
        print(f"{indent}</Component>")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    components: list[str] = []
    print('<?xml version="1.0" encoding="utf-8"?>')
    print('<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">')
    print('  <Fragment>\n    <DirectoryRef Id="INSTALLDIR">')
    write_folder(sys.argv[1], "", "      ", components)
    print('    </DirectoryRef>\n    <ComponentGroup Id="Payload">')
    for component in components:
        print(f'      <ComponentRef Id="{component}"/>')
    print("    </ComponentGroup>\n  </Fragment>\n</Wix>")


main()
