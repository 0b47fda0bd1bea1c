# Read by ./run for --nodes and --node: several nodes on this machine over DynamoDB Local, for trying and testing.
# DynamoDB Local comes from the developer's Maven repository; it is never part of the distribution.

emulator=
node_children=()
node_voices=()
note= # file that tells --node where the store is; set while it is this script's own

emulator_classpath() {
  local module=$here/core-bundles/dynamodb-local/target
  [ -s "$module/classpath.txt" ] || fail 1 "DynamoDB Local was not built; run without --no-build"
  printf '%s:%s' "$module/classes" "$(cat "$module/classpath.txt")"
}

near() { # a port as far from the first HTTP port as $1 is from 8181: groups that start at once do not look in the same place
  local wished=$((port - 8181 + $1))
  if [ "$wished" -ge 1024 ] && [ "$wished" -le 65000 ]; then printf '%s' "$wished"; else printf '%s' "$1"; fi
}

free_port() { # the first one from $1 on that nobody listens on
  local candidate=$1
  while listens "$candidate"; do candidate=$((candidate + 1)); done
  printf '%s' "$candidate"
}

start_emulator() {
  local classpath began=$SECONDS
  classpath=$(emulator_classpath) || exit 1
  mkdir -p "$data/dynamodb" || fail 1 "cannot write to $data"
  emulator_port=$(free_port "$(near 8600)")
  "$java" -Xmx512m -XX:+UseSerialGC -cp "$classpath" com.cloudnestle.marketplace.dynamodb.local.LocalServer \
    --port "$emulator_port" --parent $$ --folder "$data/dynamodb" >"$data/dynamodb/server.out" 2>&1 </dev/null &
  emulator=$!
  until listens "$emulator_port"; do
    kill -0 "$emulator" 2>/dev/null || fail 1 "DynamoDB Local did not start; see $data/dynamodb/server.out"
    [ $((SECONDS - began)) -lt 60 ] || fail 1 "DynamoDB Local does not answer; see $data/dynamodb/server.out"
    sleep 0.2
  done
}

given() { sed -n "s/^$1=//p" "$data/nodes.env" 2>/dev/null; }

refuse_a_second_time() { # two emulators on the same files would destroy them
  local owner
  owner=$(given pid)
  [ -n "$owner" ] && kill -0 "$owner" 2>/dev/null && listens "$(given emulator_port)" || return 0
  fail 3 "nodes run on $data already (process $owner). Stop them first, or choose another data directory: --data DIR"
}

share_secret() { # nodes over one store must have the same; 32 random bytes, as a node would make them itself
  local own=$data/node-$1/secrets/server.key first=$data/node-1/secrets/server.key
  [ ! -e "$own" ] || return 0
  (
    umask 077
    mkdir -p "$data/node-$1/secrets" "$data/node-1/secrets"
    [ -e "$first" ] || printf '%s\n' "$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')" >"$first"
    [ "$own" = "$first" ] || cat "$first" >"$own"
  ) || fail 1 "cannot write $own"
}

use_emulator() {
  export MARKETPLACE_STORE=dynamodb MARKETPLACE_DYNAMODB_ENDPOINT=http://127.0.0.1:$1
  export MARKETPLACE_DYNAMODB_REGION=eu-central-1 MARKETPLACE_DYNAMODB_CREDENTIALS=local MARKETPLACE_DYNAMODB_TABLES=create
}

show_as() { # says which node a line comes from; Ctrl-C must not end it before the node has said its last
  trap '' INT TERM HUP
  local line
  while IFS= read -r line; do
    case "$line" in
      'Ctrl-C stops it.') : >"$data/node-$1/announced" ;; # the last that a node says at its start
      '' | '  ... '* | '  '[A-Z]*) ;; # of three nodes at once that is noise; announce_nodes tells the rest
      *) printf 'node-%s | %s\n' "$1" "$line" ;;
    esac
  done
}

start_node() { # number, console port; they all start at once, so each takes its time
  local before=$!
  share_secret "$1"
  rm -f "$data/node-$1/announced"
  exec 7> >(show_as "$1")
  [ "$!" = "$before" ] || node_voices[$1]=$! # bash before 4.4 does not tell
  MARKETPLACE_START_SECONDS=$((start_seconds * nodes)) "$here/run" --no-build --data "$data/node-$1" \
    --port $((port + $1 - 1)) --ssh-port "$2" >&7 2>&1 7>&- </dev/null &
  node_children[$1]=$!
  exec 7>&-
}

await_nodes() { # until each has said all that it says at its start, the secrets among it
  local number began=$SECONDS shown=0
  for ((number = 1; number <= nodes; number++)); do
    until [ -e "$data/node-$number/announced" ]; do
      kill -0 "${node_children[$number]}" 2>/dev/null || { stop_nodes; fail 1 "node-$number did not start"; }
      [ $((SECONDS - began)) -lt $((start_seconds * nodes + 60)) ] || { stop_nodes; fail 1 "node-$number is not ready"; }
      if [ $((SECONDS - began)) -ge $((shown + 5)) ]; then
        shown=$((SECONDS - began))
        say "  ... ${shown} s"
      fi
      sleep 0.5
    done
  done
}

announce_nodes() {
  local number where
  where=$(printf %q "$data")
  say ""
  if [ "$nodes" = 1 ]; then say "1 node is ready:"; else say "$nodes nodes are ready over one store:"; fi
  for ((number = 1; number <= nodes; number++)); do
    say "  node-$number   http://localhost:$((port + number - 1))"
  done
  cat <<READY
  Who runs     ./run --data $where/node-1 console market:nodes
  Kill one     kill -9 \$(cat $where/node-$nodes/karaf.pid)
  Start again  ./run --data $where --node $nodes     (or one more: --node $((nodes + 1)))
  Data         $data/dynamodb (DynamoDB Local on port $emulator_port) and $data/node-1 ...: kept over a restart

Ctrl-C stops all.
READY
}

stop_nodes() { # all nodes give back what they hold and say their last; only then the store may go
  local pid
  trap '' INT TERM HUP
  for pid in "${node_children[@]}"; do kill -TERM "$pid" 2>/dev/null; done
  for pid in "${node_children[@]}"; do wait "$pid" 2>/dev/null; done
  for pid in ${node_voices[@]+"${node_voices[@]}"}; do wait "$pid" 2>/dev/null; done
  if [ -n "$emulator" ]; then
    kill -TERM "$emulator" 2>/dev/null
    wait "$emulator" 2>/dev/null
  fi
  [ -z "$note" ] || rm -f "$note"
}

stop_all() {
  say ""
  say "stopping all nodes ..."
  stop_nodes
  say "stopped"
  exit 0
}

start_nodes() {
  local number console_port
  trap on_signal INT TERM HUP PIPE
  refuse_a_second_time
  build
  unpack
  set -m # each background process in a group of its own: Ctrl-C reaches only this script, which stops them in order
  for ((number = 0; number < nodes; number++)); do
    ! listens $((port + number)) || fail 1 "port $((port + number)) is in use by another program. Choose others: ./run --nodes $nodes --port N"
  done
  trap stop_all INT TERM HUP PIPE
  say "Starting DynamoDB Local, data in $data/dynamodb"
  start_emulator
  use_emulator "$emulator_port"
  note=$data/nodes.env
  printf 'pid=%s\nport=%s\nemulator_port=%s\n' $$ "$port" "$emulator_port" >"$note"
  console_port=$(near 8100)
  for ((number = 1; number <= nodes; number++)); do
    console_port=$(free_port $((console_port + 1)))
    start_node "$number" "$console_port"
  done
  await_nodes
  announce_nodes
  while kill -0 "$emulator" 2>/dev/null; do
    sleep 1 &
    wait $!
  done
  say "DynamoDB Local has ended; see $data/dynamodb/server.out"
  stop_nodes
  exit 1
}

join_nodes() { # becomes one node beside those that another ./run --nodes keeps running
  [ -n "$(given emulator_port)" ] || fail 1 "no nodes run on $data. Start them first: ./run --nodes 3"
  may_build=no
  port=$(($(given port) + node - 1))
  use_emulator "$(given emulator_port)"
  listens "${MARKETPLACE_DYNAMODB_ENDPOINT##*:}" || fail 1 "the nodes on $data have ended. Start them again: ./run --nodes 3"
  share_secret "$node"
  data=$data/node-$node
}
