#!/bin/sh
# 用 tesseract 识别一页：标准输入是这一页的 PNG，标准输出每行是一个 JSON。约定见 docs/ocr.md。
# Debian：apt-get install tesseract-ocr tesseract-ocr-chi-sim
set -eu
tesseract stdin stdout -l "${OCR_LANG:-chi_sim}" --psm "${OCR_PSM:-3}" tsv | LC_ALL=C awk -F '\t' '
	function say() {
		if (text != "") printf "{\"text\":\"%s\",\"box\":[%.5f,%.5f,%.5f,%.5f]}\n", text, l / w, t / h, r / w, b / h
		text = ""
	}
	$1 == 1 { w = $9; h = $10 }
	$1 == 4 { say(); l = $7; t = $8; r = $7 + $9; b = $8 + $10 }
	$1 == 5 && $11 + 0 >= 30 {
		word = $12
		gsub(/[\001-\037]/, "", word); gsub(/\\/, "\\\\", word); gsub(/"/, "\\\"", word)
		blank = text ~ /[A-Za-z0-9]$/ && word ~ /^[A-Za-z0-9]/ ? " " : ""
		text = text blank word
	}
	END { say() }'
