using Lodestone.Kernel.Calendar;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lodestone.Kernel.Data;

/// <summary>A period is one whole number, ordered by time within a kind.</summary>
internal sealed class PeriodConverter() : ValueConverter<Period, int>(period => period.Code, code => Period.FromCode(code));
