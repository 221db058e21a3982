// Ends this process when its parent ends. npm passes a SIGTERM only to the shell between itself and the task, and
// without this the task would live on unseen, with the data folder and the port.

const parent = process.ppid
const watch = setInterval(() => {
  if (process.ppid === parent) return
  clearInterval(watch)
  process.kill(process.pid, 'SIGTERM')
}, 500).unref()
