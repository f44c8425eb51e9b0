#!/bin/sh
# A small program that reads pictures (docs/ocr.md): of every page it reads the same.
cat > /dev/null
printf '{"text":"鸢都市人民政府公报","box":[0.2,0.1,0.8,0.14]}\n'
printf '{"text":"%s","box":[0.1,0.2,0.9,0.22]}\n' "$1"
