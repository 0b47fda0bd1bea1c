#!/usr/bin/env bash
# Runs in a network namespace that has nothing but loopback: offline.sh <bin/karaf>. Ends with 0 once the server was ready.
ip link set lo up || exit 99
"$1" server &
server=$!
for _ in $(seq 1 3000); do
  kill -0 "$server" 2>/dev/null || exit 1
  if { exec 3<>"/dev/tcp/127.0.0.1/$MARKETPLACE_PORT"; } 2>/dev/null; then
    printf 'GET /health/ready HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
    IFS= read -r -t 60 status <&3
    exec 3>&-
    case "$status" in *" 200 "*) ready=yes; break ;; esac
  fi
  sleep 0.2
done
kill -TERM "$server"
wait "$server"
[ -n "$ready" ]
