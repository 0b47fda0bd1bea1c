-- The decision as an nginx handler: JSON in, SHA-256 of the token, one call of a Redis script, JSON out.
local cjson = require("cjson.safe")
local bit = require("bit")
local ffi = require("ffi")
local redis = require("nginx.redis")

ffi.cdef("unsigned char *SHA256(const unsigned char *d, size_t n, unsigned char *md);")

local M = {}
local digest = ffi.new("unsigned char[32]")
local script, socket

function M.script(sha, path)
  script, socket = sha, path
end

local letters = ffi.new("unsigned char[64]")
local digits = ffi.new("unsigned char[16]", { ("0123456789abcdef"):byte(1, 16) })

local function hex(text)
  ffi.C.SHA256(text, #text, digest)
  for i = 0, 31 do -- a loop over plain memory, which LuaJIT compiles
    letters[2 * i] = digits[bit.rshift(digest[i], 4)]
    letters[2 * i + 1] = digits[bit.band(digest[i], 15)]
  end
  return ffi.string(letters, 64)
end

local function say(status, value)
  local body = cjson.encode(value)
  ngx.status = status
  ngx.header["Content-Type"] = "application/json"
  ngx.header["Content-Length"] = #body
  ngx.print(body)
end

function M.noop()
  ngx.req.read_body()
  say(200, { allowed = true })
end

function M.answer()
  ngx.req.read_body()
  local ask = cjson.decode(ngx.req.get_body_data() or "")
  if type(ask) ~= "table" or type(ask.token) ~= "string" then
    return say(400, { error = "unreadable" })
  end
  local client = redis:new()
  local connected, problem = client:connect(socket)
  if not connected then
    return say(503, { error = problem })
  end
  local kept, failure = client:evalsha(script, 1, "t:" .. hex(ask.token))
  if failure then
    return say(503, { error = failure })
  end
  client:set_keepalive(60000, 64)
  if kept == ngx.null or not kept then
    return say(401, { error = "token unknown" })
  end
  if kept[3] == 1 then
    return say(200, { allowed = true, solution_id = ask.solution_id, access_tier = "registered",
      quota_remaining = kept[2] - kept[1] })
  end
  return say(429, { error = "Quota exceeded", limit = kept[2], used = kept[1] })
end

return M
