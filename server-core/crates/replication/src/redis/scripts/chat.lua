-- Places a chat message, once. ARGV: 4 message id, 5 JSON, 6 messages to keep.
-- -> {OK} | {KNOWN} | {SESSION} | {LEASE}
local no = refusal()
if no then return { no } end
for _, message in ipairs(redis.call('LRANGE', CHAT, 0, -1)) do
  if id_of(message) == ARGV[4] then return { 'KNOWN' } end
end
redis.call('RPUSH', CHAT, ARGV[5])
redis.call('LTRIM', CHAT, -tonumber(ARGV[6]), -1)
count()
publish('chat', ARGV[5])
return { 'OK' }
