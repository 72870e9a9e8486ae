using Lodestone.Bench;

IReadOnlyDictionary<string, Func<bool, Task<Board>>> areas = new Dictionary<string, Func<bool, Task<Board>>>
{
    ["deadlines"] = DeadlinesArea.RunAsync,
    ["procedures"] = ProceduresArea.RunAsync,
    ["statistics"] = StatisticsArea.RunAsync,
};

if (args is [HttpArea.Verb, var engine, ..])
{
    await HttpArea.MeasureAsync(engine, args.Contains("--short"));
    return 0;
}

string[] names = [.. args.Where(argument => !argument.StartsWith('-'))];
if (names.Length != 1 || !areas.TryGetValue(names[0], out Func<bool, Task<Board>>? run) || args.Except(names).Any(option => option != "--short"))
{
    Console.WriteLine("./bench <area> [--short]");
    Console.WriteLine();
    foreach (string area in areas.Keys)
    {
        Console.WriteLine($"  {area}");
    }

    return names.Length == 0 && args.Length == 0 ? 0 : 2;
}

Board board;
try
{
    board = await run(args.Contains("--short"));
}
catch (InvalidOperationException broken)
{
    // Nothing was measured, which is neither held nor short.
    Console.Error.WriteLine(broken.Message);
    return 2;
}

Console.WriteLine($$"""{"area":"{{names[0]}}","held":{{board.Held}},"short":{{board.Short}}}""");
return board.Short == 0 ? 0 : 1;
