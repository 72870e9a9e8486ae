using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lodestone.Tests.Architecture;

/// <summary>What compiled code names: each type with the types and members it uses, nested and generated types counted to the outermost.</summary>
internal static class CompiledCode
{
    /// <summary>Uses of each outermost type: itself and what it names.</summary>
    public static IEnumerable<(TypeDefinition User, MemberReference Used)> Uses(Assembly assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly.Location);
        foreach (TypeDefinition outer in module.Types)
        {
            foreach (TypeDefinition type in WithNested(outer))
            {
                foreach (MemberReference used in UsesOf(type))
                {
                    yield return (outer, used);
                }
            }
        }
    }

    /// <summary>The types within a reference: the declaring type, generic arguments, array elements.</summary>
    public static IEnumerable<TypeReference> Types(MemberReference member) => member switch
    {
        GenericInstanceType generic => Types(generic.ElementType).Concat(generic.GenericArguments.SelectMany(Types)),
        TypeSpecification wrapped => Types(wrapped.ElementType),
        TypeReference type => [Outermost(type)],
        GenericInstanceMethod generic => Types(generic.ElementMethod).Concat(generic.GenericArguments.SelectMany(Types)),
        MethodReference method => [.. Types(method.DeclaringType), .. Types(method.ReturnType), .. method.Parameters.SelectMany(one => Types(one.ParameterType))],
        FieldReference field => [.. Types(field.DeclaringType), .. Types(field.FieldType)],
        _ => [],
    };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => [type, .. type.NestedTypes.SelectMany(WithNested)];

    private static IEnumerable<MemberReference> UsesOf(TypeDefinition type)
    {
        IEnumerable<MemberReference> shape =
        [
            .. type.BaseType is null ? [] : new[] { type.BaseType },
            .. type.Interfaces.Select(one => one.InterfaceType),
            .. type.Fields.Select(field => field.FieldType),
            .. type.CustomAttributes.Select(attribute => attribute.AttributeType),
        ];
        return shape.Concat(type.Methods.SelectMany(UsesOf));
    }

    private static IEnumerable<MemberReference> UsesOf(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(one => one.ParameterType),
        .. method.CustomAttributes.Select(attribute => attribute.AttributeType),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.Select((Instruction line) => line.Operand).OfType<MemberReference>() : [],
    ];
}
