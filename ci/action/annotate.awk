# SPDX-License-Identifier: BSD-2-Clause
# From TAP, as rcustress writes it, to annotations of GitHub Actions: an error for what
# failed, a warning for what could not be told, a notice where that is to pass.

function escaped(text) {
	gsub(/%/, "%25", text)
	gsub(/\r/, "%0D", text)
	gsub(/\n/, "%0A", text)
	return text
}

# What a scalar between double quotes says, on one line.
function value(line,    text) {
	text = line
	sub(/^[^:]*: /, "", text)
	if (text !~ /^".*"$/)
		return text
	text = substr(text, 2, length(text) - 2)
	gsub(/\\n/, " ", text)
	gsub(/\\"/, "\"", text)
	gsub(/\\\\/, "\\", text)
	return text
}

function annotate(level, title, text) {
	printf "::%s title=rcustress::%s\n", level, escaped(title (text != "" ? ": " text : ""))
}

# A test point; what it says stands in the block below.
/^ *(not )?ok [0-9]+/ {
	failed = $0 ~ /^ *not /
	is_to_pass = $0 ~ /[^\\]# TODO /
	point = $0
	sub(/^ *(not )?ok [0-9]+ - /, "", point)
	sub(/ # TODO .*/, "", point)
	gsub(/\\#/, "#", point)
	gsub(/\\\\/, "\\", point)
	verdict = reason = machine = ""
	if (point == "the run was interrupted" && failed)
		annotate("error", point, "")
}

/^ *Bail out!/ {
	annotate("error", "the run was interrupted", "")
}

/^ *verdict: / { verdict = value($0) }
/^ *reason: / { reason = value($0) }
/^ *machine: / { machine = value($0) }

/^ *\.\.\.$/ && failed {
	level = verdict == "INCONCLUSIVE" ? "warning" : "error"
	if (is_to_pass)
		level = "notice"
	annotate(level, (verdict != "" ? verdict " " : "") point, \
		reason (machine != "" ? " [" machine "]" : ""))
	failed = 0
}
