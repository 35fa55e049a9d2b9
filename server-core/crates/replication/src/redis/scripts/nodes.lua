-- Every node and how much of its lease is left. -> {OK, node, JSON, ms, ...}
local answer = { 'OK' }
local nodes = redis.call('HGETALL', NODES)
for i = 1, #nodes, 2 do
  local lease = redis.call('ZSCORE', LEASES, nodes[i])
  if lease then
    answer[#answer + 1] = nodes[i]
    answer[#answer + 1] = nodes[i + 1]
    answer[#answer + 1] = text(tonumber(lease) - now)
  end
end
return answer
