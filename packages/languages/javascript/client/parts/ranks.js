'use strict';

/** The rank of this process among those that train together, as text; absent where nothing tells. */
function rankOf({ RANK, OMPI_COMM_WORLD_RANK, TF_CONFIG, LOCAL_RANK }) {
  if (RANK || OMPI_COMM_WORLD_RANK) return RANK || OMPI_COMM_WORLD_RANK;
  try {
    const { cluster, task } = JSON.parse(TF_CONFIG);
    if (task.type === 'chief' || task.type === 'master') return '0';
    return task.type !== 'worker' || cluster.chief || cluster.master ? '-' : task.index;
  } catch {
    return LOCAL_RANK || null;
  }
}

module.exports = { rankOf };
