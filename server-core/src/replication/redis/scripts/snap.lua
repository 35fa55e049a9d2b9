-- One consistent cut.
-- -> {OK, epoch, offset, own, players, chat, notices, nodes with a lease} | {SESSION} | {LEASE}
local no = refusal()
if no then return { no } end
return {
  'OK', epoch, redis.call('HGET', META, 'offset'),
  redis.call('HGETALL', OWN), redis.call('HGETALL', PLAYERS),
  redis.call('LRANGE', CHAT, 0, -1), redis.call('LRANGE', NOTICES, 0, -1),
  redis.call('ZRANGEBYSCORE', LEASES, text(now), '+inf'),
}
