// Who takes a scan: the room on screen if it wants scans, else the box in the top bar.
import { useEffect, useRef } from 'react'

export interface ScanSink {
  take: (text: string) => void
  box: () => HTMLInputElement | null
}

const sinks: ScanSink[] = []

export function currentSink(): ScanSink | null {
  return sinks.at(-1) ?? null
}

/** While the component is on screen its sink takes every scan; the latest one wins. */
export function useScanSink(sink: ScanSink, active = true): void {
  const latest = useRef(sink)
  latest.current = sink
  useEffect(() => {
    if (!active) return
    const entry: ScanSink = {
      take: (text) => latest.current.take(text),
      box: () => latest.current.box(),
    }
    sinks.push(entry)
    return () => {
      sinks.splice(sinks.indexOf(entry), 1)
    }
  }, [active])
}
