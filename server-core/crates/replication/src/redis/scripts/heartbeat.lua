-- Keeps the lease, and proves the whole way to every subscriber: the heartbeat comes back to its sender
-- through the channel. It carries the last offset, so that a lost last event is noticed.
-- ARGV: 4 lease ms, 5 number of the heartbeat, 6 the node as JSON, 7 grace ms.
-- -> {OK, micros} | {SESSION} | {LEASE}
if epoch == '' or redis.call('HGET', META, 's:' .. node) ~= session then return { 'SESSION' } end
-- A lease that ran out and was not acted on yet is still ours.
if not redis.call('ZSCORE', LEASES, node) then return { 'LEASE' } end
local last = tonumber(redis.call('HGET', META, 'beat') or '0')
if now - last > tonumber(ARGV[7]) / 2 then
  redis.call('HSET', META, 'mercy', text(now + tonumber(ARGV[7])))
end
redis.call('HSET', META, 'beat', text(now))
redis.call('ZADD', LEASES, text(now + tonumber(ARGV[4])), node)
redis.call('HSET', NODES, node, ARGV[6])
send('beat', redis.call('HGET', META, 'offset'), ARGV[5])
return { 'OK', text(micros) }
