import { describe, expect, it } from 'vitest'
import { fold, matches } from './fold'
import { formatDate, formatMeasure, formatMoney, formatNumber, formatPhone, formatValue, parseDate, parseMoney, parseNumber } from './format'

describe('formats', () => {
  it('writes money with points and the sign of the đồng', () => {
    expect(formatMoney(1234567)).toBe('1.234.567 ₫')
    expect(formatMoney(0)).toBe('0 ₫')
    expect(formatMoney(1234.5)).toBe('1.234,50 ₫')
  })
  it('groups only the whole part', () => {
    expect(formatNumber(1234567.891, 2)).toBe('1.234.567,89')
    expect(formatNumber(-1000)).toBe('-1.000')
  })
  it('writes dates, years and phones as people read them', () => {
    expect(formatDate('2026-11-21')).toBe('21/11/2026')
    expect(formatDate('1990')).toBe('1990')
    expect(formatDate('')).toBe('')
    expect(formatPhone('0912345678')).toBe('0912 345 678')
    expect(formatPhone('+84912345678')).toBe('+84912345678')
  })
  it('reads numbers with comma or point and refuses anything else', () => {
    expect(parseNumber('37,5')).toBe(37.5)
    expect(parseNumber(' 61.5 ')).toBe(61.5)
    expect(parseNumber('12a')).toBeNull()
    expect(parseNumber('')).toBeNull()
    expect(parseNumber('1,2,3')).toBeNull()
    expect(formatValue(37.5)).toBe('37,5')
    expect(formatValue(null)).toBe('')
  })
  it('writes units and ranges as the papers do', () => {
    expect(formatMeasure('10^9/L')).toBe('10⁹/L')
    expect(formatMeasure('10^12/L')).toBe('10¹²/L')
    expect(formatMeasure('11.5 – 14.5')).toBe('11,5 – 14,5')
  })
  it('reads money however it is grouped', () => {
    expect(parseMoney('1.234.567 ₫')).toBe(1234567)
    expect(parseMoney('-5')).toBeNull()
  })
  it('reads dates in the ways people type them and refuses impossible ones', () => {
    expect(parseDate('1/2/1990')).toBe('1990-02-01')
    expect(parseDate('01021990')).toBe('1990-02-01')
    expect(parseDate('1990')).toBe('1990')
    expect(parseDate('31/02/2020')).toBeNull()
    expect(parseDate('29/02/2024')).toBe('2024-02-29')
    expect(parseDate('1/13/2020')).toBeNull()
  })
})

describe('fold', () => {
  it('makes one key of every way to write a name', () => {
    const decomposed = 'Đỗ Thị Huệ'.normalize('NFD')
    expect(fold('Đỗ  Thị Huệ ')).toBe('do thi hue')
    expect(fold(decomposed)).toBe('do thi hue')
    expect(fold('ĐƯỜNG')).toBe('duong')
  })
  it('finds words in any order', () => {
    expect(matches('Nguyễn Thị Hoà', 'hoa nguyen')).toBe(true)
    expect(matches('Nguyễn Thị Hoà', 'hoang')).toBe(false)
  })
})
