-- One decision, atomically: KEYS[1] holds "limit" and "used" of a token's hash.
-- Returns used and limit after the decision; a third element 1 if the unit was taken; nothing for an unknown token.
local kept = redis.call('HMGET', KEYS[1], 'limit', 'used')
if not kept[1] then
  return false
end
local limit = tonumber(kept[1])
local used = tonumber(kept[2])
if used >= limit then
  return { used, limit, 0 }
end
return { redis.call('HINCRBY', KEYS[1], 'used', 1), limit, 1 }
