#!/bin/sh
# send-digests.sh LEDGER SENDER: mails everybody who has something to hear their digest of last week.
# Prints nothing when all went well, so that cron is silent then. Needs nextstep, git and sendmail in PATH.
set -u
ledger=$1 sender=$2 failed=0
outbox=$(mktemp -d) || exit
trap 'rm -rf "$outbox"' EXIT

git -C "$ledger" pull --quiet --ff-only || failed=1
nextstep -C "$ledger" digest --each --format mail --from "$sender" --output "$outbox" || failed=1
for mail in "$outbox"/*.eml; do
    [ ! -e "$mail" ] || sendmail -i -t <"$mail" || failed=1
done
exit "$failed"
