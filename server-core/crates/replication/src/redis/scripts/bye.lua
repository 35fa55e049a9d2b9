-- A node leaves in good order: its players with it. -> {OK, players} | {SESSION}
if redis.call('HGET', META, 's:' .. node) ~= session then return { 'SESSION' } end
redis.call('ZREM', LEASES, node)
redis.call('HDEL', NODES, node)
redis.call('HDEL', META, 's:' .. node, 'r:' .. node)
return { 'OK', text(bury()) }
