using Lodestone.Kernel.Identity;
using Lodestone.Kernel.Procedures;

namespace Lodestone.Kernel.Data;

/// <summary>All that the modules bring, in the order of the house: procedures by code, roles by code.</summary>
public sealed class Catalogue
{
    private readonly Dictionary<string, Procedure> _procedures;
    private readonly Dictionary<string, Role> _roles;

    public Catalogue(IEnumerable<IModule> modules)
    {
        Modules = [.. modules];
        _procedures = Modules.SelectMany(module => module.Procedures).ToDictionary(procedure => procedure.Code);
        _roles = Role.OfKernel.Concat(Modules.SelectMany(module => module.Roles)).ToDictionary(role => role.Code);
    }

    public IReadOnlyList<IModule> Modules { get; }

    public IReadOnlyCollection<Procedure> Procedures => _procedures.Values;

    public IReadOnlyCollection<Role> Roles => _roles.Values;

    public Procedure Procedure(string code) => _procedures[code];

    public Role? FindRole(string code) => _roles.GetValueOrDefault(code);
}
