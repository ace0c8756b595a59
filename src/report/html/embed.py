# SPDX-License-Identifier: BSD-2-Clause
"""Makes C of the style sheet, while the program is built: embed.py STYLE.css OUTPUT.c"""
import base64
import hashlib
import sys

with open(sys.argv[1], "rb") as file:
    style = file.read()
digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
with open(sys.argv[2], "w", encoding="ascii") as out:
    out.write('#include "report/html/style.h"\n\nconst char rcs_html_style[] =\n')
    for line in style.splitlines(keepends=True):
        # Three digits each, so that no character that follows belongs to the number.
        text = "".join(
            chr(c) if 32 <= c < 127 and chr(c) not in '"\\?' else f"\\{c:03o}" for c in line
        )
        out.write(f'\t"{text}"\n')
    out.write(f'\t"";\n\nconst char rcs_html_style_hash[] = "sha256-{digest}";\n')
