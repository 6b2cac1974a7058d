-- Removes a record.

redis.call('DEL', KEYS[1])
return 'done'
