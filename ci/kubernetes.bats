#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# ci/kubernetes: the manifest against Kubernetes' own description of its fields, what it runs,
# and how results are collected, with a kubectl that is made up.

load helper

ci=$BATS_TEST_DIRNAME
manifest=$ci/kubernetes/rcustress.yaml

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	export PATH=$PWD/bin:$PATH
	mkdir bin
	program=$(realpath "$RCUSTRESS")
}

check() { # FILE
	# Debian's, which has Debian's packages.
	/usr/bin/python3 "$ci/kubernetes-check.py" "$1"
}

@test "YAML is clean under yamllint, the script under shellcheck" {
	local rules='line-length: {max: 110}, document-start: disable'

	yamllint --strict -d "{extends: default, rules: {$rules}}" "$ci"/kubernetes/*.yaml
	shellcheck "$ci/kubernetes/collect"
}

@test "the manifest is as Kubernetes describes it" {
	check "$manifest"
}

@test "and would not be if a field were misspelt, lacked, or had another type" {
	refused() { # MESSAGE SED-SCRIPT
		sed "$2" "$manifest" >changed.yaml
		! cmp -s changed.yaml "$manifest"
		run check changed.yaml
		echo "$output"
		[ "$status" -eq 1 ]
		[[ $output == *"$1"* ]]
	}
	refused "template.spec: unknown field 'toleratons'" 's/tolerations:/toleratons:/'
	refused "initContainers[0].resources: unknown field 'limit'" 's/limits:/limit:/'
	refused "unknown field 'seccompProfiles'" 's/seccompProfile:/seccompProfiles:/'
	refused '`selector`, must not be `None`' '/^  selector:/,/^      app/d'
	refused "'yes please' is no bool" 's/runAsNonRoot: true/runAsNonRoot: yes please/'
	refused "is no list" 's/- operator: Exists/operator: Exists/'
	refused "of no known kind" 's/kind: DaemonSet/kind: DemonSet/'
}

@test "it keeps its promises: every node, whole CPUs, no privileges" {
	python3 - "$manifest" <<-'END'
		import sys, yaml
		daemons = yaml.safe_load(open(sys.argv[1]))
		pod = daemons["spec"]["template"]["spec"]
		labels = daemons["spec"]["template"]["metadata"]["labels"]
		assert daemons["spec"]["selector"]["matchLabels"] == labels
		assert pod["tolerations"] == [{"operator": "Exists"}]
		assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] > 0
		assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
		assert not set(pod) & {"hostNetwork", "hostPID", "hostIPC"}
		volumes = {volume["name"]: volume for volume in pod["volumes"]}
		assert all("hostPath" not in volume for volume in volumes.values())
		run, = pod["initContainers"]
		keep, = pod["containers"]
		for one in run, keep:
		    # Guaranteed: only then are CPUs a pod's own.
		    assert one["resources"]["requests"] == one["resources"]["limits"]
		    assert set(one["resources"]["limits"]) == {"cpu", "memory"}
		    assert one["securityContext"] == {"allowPrivilegeEscalation": False,
		        "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
		    assert one["image"] == "rcustress"
		    assert {mount["name"] for mount in one["volumeMounts"]} <= set(volumes)
		cpus = run["resources"]["limits"]["cpu"]
		assert cpus == str(int(cpus))
		assert run["args"][run["args"].index("--threads") + 1] == cpus
		fields = [e["valueFrom"]["fieldRef"]["fieldPath"] for e in run["env"] if "valueFrom" in e]
		assert fields == ["spec.nodeName"]
	END
}

@test "the image is named in one place" {
	python3 - "$ci/kubernetes/kustomization.yaml" <<-'END'
		import sys, yaml
		kustomization = yaml.safe_load(open(sys.argv[1]))
		assert set(kustomization) == {"apiVersion", "kind", "resources", "images"}
		assert kustomization["resources"] == ["rcustress.yaml"]
		image, = kustomization["images"]
		assert set(image) == {"name", "newName", "newTag"} and image["name"] == "rcustress"
	END
	[ "$(grep -c registry "$ci"/kubernetes/*.yaml | awk -F: '{ n += $2 } END { print n }')" -eq 2 ]
	# And is put in, where there is a kubectl to do it.
	if command -v kubectl >/dev/null; then
		kubectl kustomize "$ci/kubernetes" >whole.yaml
		check whole.yaml
		[ "$(grep -c 'image: registry.example.com/rcustress:latest' whole.yaml)" -eq 2 ]
	fi
}

@test "the command of the manifest is one that the program takes" {
	ln -s "$program" bin/rcustress
	# As the init container runs it, in the place of its volume, and for a second.
	NODE_NAME="node7" python3 - "$manifest" <<-'END'
		import subprocess, sys, yaml
		run = yaml.safe_load(open(sys.argv[1]))["spec"]["template"]["spec"]["initContainers"][0]
		command = [word.replace("/reports/", "./") for word in run["command"]]
		result = subprocess.run(command + run["args"] + ["--threads", "2", "--time", "1s", "--total", "4s"],
		    capture_output=True, text=True)
		print(result.stdout, result.stderr)
		# What it finds is no failure of the container.
		assert result.returncode == 0
		assert any("exit status %d" % status in result.stdout for status in (0, 1, 3)), result.stdout
	END
	python3 "$ci/schema-check.py" "$ci/../man/rcustress.schema.json" node7.json
}

# A kubectl of three nodes: pods.txt lists them, nodes/NODE.json is what their pods have.
fake() {
	mkdir nodes
	printf '%s\n' 'rcustress-aaaaa n1' 'rcustress-bbbbb n2' 'rcustress-ccccc n3' >pods.txt
	cat >bin/kubectl <<-'END'
		#!/bin/bash
		printf '<%s>' "$@" >>calls
		echo >>calls
		case $* in
		*"get daemonset"*) [ -f pods.txt ] || { echo 'NotFound' >&2; exit 1; }
			printf 3 ;;
		*rollout*) exit "${FAKE_ROLLOUT:-0}" ;;
		*"get pods"*) cat pods.txt ;;
		*logs*) echo "exit status 4" ;;
		*exec*) file=nodes/$(basename "${!#}")
			[ -f "$file" ] || { echo "cat: no such file" >&2; exit 1; }
			# A stream that breaks off, once.
			if [ -f "$file.cut" ]; then
				rm "$file.cut"
				head -c 500 "$file"
			else
				cat "$file"
			fi ;;
		*) echo "kubectl $*: unknown" >&2; exit 1 ;;
		esac
	END
	chmod +x bin/kubectl
}

# Real results, of machines that differ in name.
results() { # NODE…
	local node status=0

	"$program" --barrier none --no-control --threads 2 --time 2s --output json=one.json "$sb" || status=$?
	[[ $status =~ ^(1|3)$ ]]
	for node; do
		sed "s/\"name\": *\"$(uname -n)\"/\"name\": \"pod-of-$node\"/" one.json >"nodes/$node.json"
	done
	run_status=$status
}

collect() { # ARGUMENT…
	"$ci/kubernetes/collect" --program "$program" "$@"
}

@test "collect: a result of each node, one report, and its status" {
	need_two_cpus
	fake
	results n1 n2 n3
	touch nodes/n2.json.cut
	run collect "of two words" --namespace=lab --wait 5m
	echo "$output"
	[ "$status" -eq "$run_status" ]
	[[ $output == *"3 of 3 nodes have a result; exit status $run_status"* ]]
	[ "$(cd "of two words" && echo *.json)" = "n1.json n2.json n3.json" ]
	cmp nodes/n2.json "of two words/n2.json"
	grep -q 'of 3 runs on 3 machines' "of two words/report/merged.txt"
	[ "$(ls "of two words/report")" = "$(printf 'merged.%s\n' html json txt)" ]
	# All is asked of this namespace.
	[ "$(grep -vc '^<--namespace=lab>' calls)" -eq 0 ]
	grep -qxF '<--namespace=lab><rollout><status><daemonset/rcustress><--timeout=5m>' calls
}

@test "collect: nodes without a result are named, and a failure" {
	need_two_cpus
	fake
	results n1
	# One that crashed, and one for which no pod could be started.
	sed -i 's/rcustress-ccccc n3/rcustress-ccccc <none>/' pods.txt
	FAKE_ROLLOUT=1 run collect c
	echo "$output"
	[ "$status" -eq 4 ]
	[[ $output == *"not all have ended"* ]]
	[[ $output == *"no result from n2, pod rcustress-bbbbb"*"cat: no such file"*"exit status 4"* ]]
	[[ $output == *"no result from <none>, pod rcustress-ccccc"* ]]
	[[ $output == *"1 of 3 nodes have a result; exit status 4"* ]]
	[ -s c/report/merged.html ]
	rm -r c
	run collect c --allow-missing 2
	[ "$status" -eq "$run_status" ]
	# A pod that was never made is lacking as well.
	rm -r c
	sed -i 2,3d pods.txt
	run collect c --allow-missing 1
	[ "$status" -eq 4 ]
}

@test "collect: what cannot be is said" {
	fake
	run collect
	[ "$status" -eq 2 ]
	[[ $output == *"which folder?"* ]]
	run collect .
	[ "$status" -eq 2 ]
	[[ $output == *"is not empty"* ]]
	run collect c --wayt 5m
	[ "$status" -eq 2 ]
	rm pods.txt
	run collect c
	[ "$status" -eq 2 ]
	[[ $output == *"no DaemonSet rcustress"* ]]
}

@test "what fleets need is installed, and as it is here" {
	DESTDIR=$PWD/root meson install -C "$(dirname "$program")" --no-rebuild
	top=$(find root -path '*/share/rcustress/ci')
	diff -r "$top/kubernetes" "$ci/kubernetes"
	diff -r "$top/slurm" "$ci/slurm"
	[ -x "$top/kubernetes/collect" ] && [ -x "$top/slurm/campaign" ]
}
