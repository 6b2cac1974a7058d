-- Applies a delta.
-- ARGV: 2 the version that the client knows, 3 the terms that it computed the expiry from, 4 the new terms, 5 the expiry in ticks, or
-- nothing to keep it, 6 how long the record is kept, in milliseconds, 7 the most bytes, 8 '1' to clear first, 9 how many keys are set, then each and its value, then
-- each key that is removed.

if terms ~= ARGV[3] then return {'changed', redis.call('HGETALL', KEYS[1])} end

local known = version == ARGV[2]
local cleared = ARGV[8] == '1'
local removals = 10 + 2 * tonumber(ARGV[9])
version, places, size = tonumber(version) + 1, tonumber(places), tonumber(size)
if cleared then places, size = 0, 0 end

local function varint(number)
  local bytes = 1
  while number >= 128 do number, bytes = math.floor(number / 128), bytes + 1 end
  return bytes
end

local function count(key, length)
  return varint(#key) + #key + varint(length) + length
end

-- Takes a key's stored value out of the size and gives its place.
local function release(key)
  local value = not cleared and redis.call('HGET', KEYS[1], key)
  if not value then return nil end
  local place, start = string.match(value, '^(%d+):()')
  size = size - count(key, #value - start + 1)
  return place
end

-- All of it is weighed before any of it is written.
local fields = {}
for i = 10, removals - 1, 2 do
  local place = release(ARGV[i])
  if not place then place, places = places, places + 1 end
  size = size + count(ARGV[i], #ARGV[i + 1])
  fields[#fields + 1] = ARGV[i]
  fields[#fields + 1] = place .. ':' .. ARGV[i + 1]
end
for i = removals, #ARGV do release(ARGV[i]) end
if size > tonumber(ARGV[7]) then return 'large' end

local keptFor = ARGV[5] == '' and redis.call('PTTL', KEYS[1])
if cleared then redis.call('DEL', KEYS[1]) end
for i = removals, #ARGV do redis.call('HDEL', KEYS[1], ARGV[i]) end
fields[#fields + 1] = ''
fields[#fields + 1] = table.concat({version, keptFor and expires or ARGV[5], places, size, ARGV[4]}, ' ')
for i = 1, #fields, 1000 do redis.call('HSET', KEYS[1], unpack(fields, i, math.min(i + 999, #fields))) end

local merged = not known and redis.call('HGETALL', KEYS[1])
redis.call('PEXPIRE', KEYS[1], keptFor or ARGV[6])
return merged and {'done', merged} or 'done'
