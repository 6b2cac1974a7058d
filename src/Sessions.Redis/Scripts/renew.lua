-- Moves the expiry, unless the record was saved, and thereby renewed, meanwhile.
-- ARGV: 2 the version that the client knows, 3 the expiry in ticks, 4 how long the record is kept, in milliseconds.

if version == ARGV[2] then
  redis.call('HSET', KEYS[1], '', table.concat({version, ARGV[3], places, size, terms}, ' '))
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
return 'done'
