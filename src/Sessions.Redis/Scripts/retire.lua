-- Puts a tombstone in the place of a record, unless it was saved meanwhile.
-- ARGV: 2 the version that the client knows, 3 the tombstone's metadata, 4 how long it is kept, in milliseconds.

if version ~= ARGV[2] then return 'changed' end

redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], '', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 'done'
