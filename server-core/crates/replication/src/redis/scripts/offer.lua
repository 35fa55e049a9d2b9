-- Brings messages of this node into the history, each in its place by time: what it said while it was
-- alone, and all it remembers where Redis lost its memory. Those that the history did not hold are
-- published to all, because others may have missed them; who knows one leaves it alone.
-- ARGV: 4 messages to keep, then the messages as JSON, oldest first. -> {OK} | {SESSION} | {LEASE}
local no = refusal()
if no then return { no } end
local history, known = redis.call('LRANGE', CHAT, 0, -1), {}
for _, message in ipairs(history) do known[id_of(message)] = true end
for i = 5, #ARGV do
  local message = ARGV[i]
  if not known[id_of(message)] then
    known[id_of(message)] = true
    local sent, place = sent_at(message), #history
    while place > 0 and sent_at(history[place]) > sent do place = place - 1 end
    table.insert(history, place + 1, message)
    publish('chat', message)
  end
end
redis.call('DEL', CHAT)
for i = math.max(1, #history - ARGV[4] + 1), #history do redis.call('RPUSH', CHAT, history[i]) end
count()
return { 'OK' }
