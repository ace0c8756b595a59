# SPDX-License-Identifier: BSD-2-Clause
"""What a program takes: for ci/merge-rate and ci/fleet-simulate."""
import resource
import subprocess
import time


def measure(command):
    """The program as it has ended, with its output; how long it took, in seconds; and the
    largest memory of any program that this one has started so far, in MB."""
    begun = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False, text=True)
    seconds = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return done, seconds, peak
