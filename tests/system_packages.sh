#!/bin/sh
# The test that speaks the sample meeting again wants espeak-ng and flite, the tests of the review a browser: install
# them where that is allowed, else say in one line what is missing (the tests that need them skip).
missing=""
for name in espeak-ng flite chromium; do
    command -v "$name" >/dev/null 2>&1 || missing="$missing $name"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    # shellcheck disable=SC2086 -- a list of package names
    if { apt-get install -y -qq $missing || { apt-get update -qq && apt-get install -y -qq $missing; }; } >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "Not installed:$missing. The tests that need them skip; to run them: apt-get install$missing"
