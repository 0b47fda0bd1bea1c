-- wrk script: every request validates a random token of a file and counts one unit.
-- Arguments after "--": file of tokens (one a line), path, solution id, more members of the JSON body (may be left out).
-- The same script drives every peer.
-- Answers are not looked at one by one (that would cost the client processor time that the server needs): wrk itself
-- counts those outside 2xx and 3xx.
local requests = {}
local counter = 0

function setup(thread)
  counter = counter + 1
  thread:set("seed", counter)
end

function init(args)
  math.randomseed(seed * 7919 + os.time())
  local headers = { ["Content-Type"] = "application/json" }
  for token in io.lines(args[1]) do
    local body = '{"token":"' .. token .. '","solution_id":"' .. args[3] .. '"' .. (args[4] or "") .. '}'
    requests[#requests + 1] = wrk.format("POST", args[2], headers, body)
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency, threads)
  io.write(string.format(
    'RESULT {"requests":%d,"microseconds":%d,"refused":%d,"connect":%d,"read":%d,"write":%d,"timeout":%d,"p50":%d,"p90":%d,"p99":%d}\n',
    summary.requests, summary.duration, summary.errors.status, summary.errors.connect, summary.errors.read,
    summary.errors.write, summary.errors.timeout, latency:percentile(50), latency:percentile(90), latency:percentile(99)))
end
