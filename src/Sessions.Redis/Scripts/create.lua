-- Stores a record under an id that is free.
-- KEYS: 1 the session's hash. ARGV: 1 the metadata, 2 how long it is kept, in milliseconds, then each key and its value.

if redis.call('EXISTS', KEYS[1]) == 1 then return 'taken' end

redis.call('HSET', KEYS[1], '', ARGV[1])
for i = 3, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], (i - 3) / 2 .. ':' .. ARGV[i + 1])
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'done'
